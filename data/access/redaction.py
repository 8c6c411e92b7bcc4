"""Identity taken out of rows about people whom the reader has no right to know."""

from __future__ import annotations

import pandas as pd

#: Columns by which a person could be told; every query names them like this.
IDENTITY = (
    "person", "client", "local_id", "forename", "middle_names", "surname", "former_surname", "name", "also_known_as",
    "birth_date", "postcode", "uprn", "address", "ward", "nhs_number", "upn", "ni_number", "family", "family_name",
)  # fmt: skip

#: Columns that tell what a model says of a person.
SCORE = ("band", "percentile", "raw", "contribution")


def redacted(rows: pd.DataFrame, allowed: frozenset[int]) -> pd.DataFrame:
    """``rows`` with identity emptied where ``person`` is not in ``allowed``; ``identified`` says where it is."""
    identified = rows["person"].isin(list(allowed))
    out = rows.copy()
    for column in [name for name in IDENTITY if name in out]:
        out[column] = out[column].astype(object).where(identified, None)
    out["person"] = out["person"].astype("Int64")
    out["identified"] = identified
    return out


def identity_in(rows: pd.DataFrame) -> list[str]:
    """The identity columns of ``rows``; figures may have a ward or a file's name in them."""
    return [name for name in IDENTITY if name in rows and name not in ("ward", "name")]
