"""The palette: what is told by colour is told to whoever sees fewer colours, and to whoever prints in grey."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from analytics.management.board_charts import SHADES
from pages.components.look import PAPER, RISK_SCALE, SERIES
from pages.management.picture_moves import _SHADES, GROWN, UNBORN

#: How eyes without one kind of cone see linear RGB: Machado, Oliveira and Fernandes (2009), severity 1.
EYES = {
    "all cones": np.eye(3),
    "no red": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "no green": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "no blue": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
Colour = NDArray[np.float64]


def linear(colour: str) -> Colour:
    part = np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def lab(rgb: Colour) -> Colour:
    """CIELAB under daylight: lightness first, from 0 to 100."""
    x = _XYZ @ np.clip(rgb, 0, 1) / np.array([0.95047, 1, 1.08883])
    root = np.where(x > 0.008856, np.cbrt(x), 7.787 * x + 16 / 116)
    return np.array([116 * root[1] - 16, 500 * (root[0] - root[1]), 200 * (root[1] - root[2])])


def lightness(colours: Sequence[str]) -> Colour:
    return np.array([lab(linear(one))[0] for one in colours])


def test_series_differ_in_lightness_so_that_grey_print_tells_them_apart() -> None:
    assert np.diff(np.sort(lightness(SERIES))).min() >= 5


def test_each_series_stands_out_from_the_paper() -> None:
    light = [(_XYZ @ linear(one))[1] + 0.05 for one in (PAPER, *SERIES)]
    assert min(light[0] / one for one in light[1:]) >= 3


@pytest.mark.parametrize("eyes", EYES)
def test_series_and_steps_of_the_scale_differ_to_eyes_that_see_fewer_colours(eyes: str) -> None:
    for colours in (SERIES, RISK_SCALE):
        seen = [lab(EYES[eyes] @ linear(one)) for one in colours]
        assert min(float(np.linalg.norm(a - b)) for a, b in combinations(seen, 2)) >= 10


def test_what_has_an_order_darkens_in_that_order() -> None:
    serious = [_SHADES[state] for state in sorted(set(_SHADES) - {UNBORN, GROWN})]
    for scale in (RISK_SCALE, serious):
        assert np.diff(lightness(scale)).max() <= -8


def test_paper_and_screen_have_the_same_colours() -> None:
    told = tomllib.loads((Path(__file__).parents[3] / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert told["theme"]["chartCategoricalColors"] == list(SERIES)
    assert SHADES == RISK_SCALE
