"""Avonbridge on the map: 34 wards in three areas, small areas (LSOAs) with a deprivation decile, homes with postcodes.

The city is invented and lies in the sea, in the Bristol Channel; no United Kingdom postcode area is called AV.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import Voronoi

from data.city.clock import stream

NAME = "Avonbridge"
WARDS = (
    "Abbots Reach", "Alderbrook", "Ashgrove", "Barrow Hill", "Beacon Park", "Brookmead", "Castle Quay", "Cathedral",
    "Chalk Down", "Cloverfield", "Dockside", "Easterly", "Fernhill", "Foundry", "Gallows Green", "Harbour", "Highcross",
    "Hollow Lane", "Kingsmarsh", "Larkfield", "Long Acre", "Market", "Millbank", "Northgate", "Oakhanger", "Priory",
    "Ropewalk", "Saltmarsh", "Southfield Common", "Stonebow", "Thornbury Road", "Viaduct", "Weirside", "Windmill",
)  # fmt: skip
AREAS = ("South", "Central", "North")
DECILES = np.array([41, 38, 30, 31, 27, 16, 30, 19, 15, 16])  # Bristol's LSOAs by IMD 2019 decile, most deprived first
CENTRE = (-3.62, 51.36)
STREETS = tuple(
    """
    Acre Albion Alma Anchor Apple Ash Avon Baker Bank Barley Barton Beech Bell Birch Bishop Boundary Bramble Bridge
    Broad Brook Burton Canal Castle Cedar Chapel Cherry Church Clarence Clay Cliff Clifton Cross Dale Dean Derby
    Dove Down Duke Elder Elm Fair Falcon Farm Ferry Field Forge Fountain Fox Garden George Glebe Grange Green Grove
    Hazel Heath Hill Holly Ivy Jubilee Kestrel King Lark Laurel Lime Linden Maple Meadow Mill Nelson New Oak Orchard
    Park Pear Pine Poplar Quarry Queen Raven Regent River Rose Rowan Salt School Spring Station Stone Sycamore Thorn
    Tower Union Vale Victoria Water Well West Willow York
    """.split()
)
ENDINGS = ("Road", "Street", "Close", "Avenue", "Lane", "Way", "Drive", "Court", "Gardens", "Terrace")
UPRN_BASE = 900_000_000_000
HOMES_A_POSTCODE = 14


@dataclass(frozen=True)
class Places:
    """Wards (outline, area), LSOAs (ward, decile 1-10, middle) and homes (LSOA), all by position."""

    outlines: list[NDArray[np.float64]]
    ward_area: NDArray[np.int8]
    lsoa_ward: NDArray[np.int16]
    lsoa_decile: NDArray[np.int8]
    home_lsoa: NDArray[np.int16]
    home_lon: NDArray[np.float64]
    home_lat: NDArray[np.float64]
    lsoa_first_home: NDArray[np.int64]

    @property
    def homes(self) -> int:
        return len(self.home_lsoa)

    def postcode(self, home: NDArray[np.integer]) -> NDArray[np.str_]:
        """The postcode of each home, such as ``AV12 3BD``."""
        block = np.asarray(home) // HOMES_A_POSTCODE
        return postcode_words(int(self.homes // HOMES_A_POSTCODE) + 1)[block]

    def uprn(self, home: NDArray[np.integer]) -> NDArray[np.int64]:
        """The property reference number of each home."""
        return UPRN_BASE + np.asarray(home).astype(np.int64) * 7 + 11

    def address(self, home: NDArray[np.integer]) -> NDArray[np.object_]:
        """One line: number and street. Homes of one postcode share a street."""
        block = np.asarray(home) // HOMES_A_POSTCODE
        names = np.array([f"{a} {b}" for b in ENDINGS for a in STREETS], dtype=object)
        numbers = (np.asarray(home) % HOMES_A_POSTCODE * 2 + block % 9 * 12 + 1).astype(str).astype(object)
        return numbers + " " + names[(block * 7919) % len(names)]

    def ward(self, home: NDArray[np.integer]) -> NDArray[np.int16]:
        """The ward of each home."""
        return self.lsoa_ward[self.home_lsoa[home]]

    def decile(self, home: NDArray[np.integer]) -> NDArray[np.int8]:
        """The deprivation decile of each home's LSOA, 1 the most deprived tenth."""
        return self.lsoa_decile[self.home_lsoa[home]]


def postcode_words(count: int) -> NDArray[np.str_]:
    """The first ``count`` postcodes of the city, all different."""
    letters = np.array(list("ABDEFGHJLNPQRSTUWXYZ"))  # C, I, K, M, O and V never stand at a postcode's end
    number = np.arange(count)
    ends = np.char.add(letters[number % 20], letters[number // 20 % 20])
    digits = np.char.add((number // 400 % 9 + 1).astype(str), ends)
    return np.char.add(np.char.add(np.char.add("AV", (number // 3600 + 1).astype(str)), " "), digits)


def lay_out(homes: int, seed: int) -> Places:
    """Draw the map with room for at least ``homes`` homes."""
    rng = stream(seed, "places")
    seeds = _ward_seeds(rng)
    outlines = _outlines(seeds)
    area = np.minimum(np.argsort(np.argsort(seeds[:, 1])) * 3 // len(seeds), 2).astype(np.int8)
    ward, decile = _small_areas(rng, len(seeds))
    per = -(-homes // len(ward) // HOMES_A_POSTCODE) * HOMES_A_POSTCODE + HOMES_A_POSTCODE
    home_lsoa = np.repeat(np.arange(len(ward), dtype=np.int16), per)
    middle = seeds[ward] + rng.normal(0, 0.11, (len(ward), 2))
    spot = middle[home_lsoa] + rng.normal(0, 0.02, (len(home_lsoa), 2))
    lon, lat = _degrees(spot)
    first = np.arange(len(ward) + 1, dtype=np.int64) * per
    return Places(outlines, area, ward, decile, home_lsoa, np.round(lon, 6), np.round(lat, 6), first)


def _ward_seeds(rng: np.random.Generator) -> NDArray[np.float64]:
    """Ward middles: a jittered hexagonal grid inside an ellipse, units of about a kilometre."""
    rows = [(x + (y % 2) / 2, y * 0.87) for y in range(-5, 6) for x in range(-6, 7)]
    points = np.array(rows) * 1.7
    far = (points[:, 0] / 0.8) ** 2 + (points[:, 1] / 1.25) ** 2
    inside = points[np.argsort(far, kind="stable")[: len(WARDS)]]
    return inside + rng.normal(0, 0.17, inside.shape)


def _outlines(seeds: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Each ward's outline: its Voronoi cell, bounded by a ring of mirror points outside the city."""
    turn = np.linspace(0, 2 * np.pi, 48, endpoint=False)
    ring = np.column_stack([np.cos(turn) * 7.6, np.sin(turn) * 9.6])
    cells = Voronoi(np.vstack([seeds, ring]))
    shapes = [cells.vertices[cells.regions[cells.point_region[i]]] for i in range(len(seeds))]
    return [np.asarray(np.round(np.column_stack(_degrees(shape)), 5), np.float64) for shape in shapes]


def _degrees(spot: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Kilometres from the city's middle as longitude and latitude."""
    return CENTRE[0] + spot[:, 0] / 69.5, CENTRE[1] + spot[:, 1] / 111.2


def _small_areas(rng: np.random.Generator, wards: int) -> tuple[NDArray[np.int16], NDArray[np.int8]]:
    """LSOAs: 263 as in Bristol, deprivation alike within a ward."""
    count = int(DECILES.sum())
    ward = np.sort(np.arange(count) % wards).astype(np.int16)
    leaning = rng.normal(0, 1, wards)[ward] + rng.normal(0, 0.6, count)
    decile = np.empty(count, dtype=np.int8)
    decile[np.argsort(leaning)] = np.repeat(np.arange(1, 11), DECILES)
    return ward, decile
