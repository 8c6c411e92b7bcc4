"""Names of the invented city: who is called what, with the steep frequencies of real names."""

from data.city.names.draw import COMMUNITIES, FORENAMES, MIDDLE_NAMES, SURNAMES, forenames, surnames

__all__ = ["COMMUNITIES", "FORENAMES", "MIDDLE_NAMES", "SURNAMES", "forenames", "surnames"]
