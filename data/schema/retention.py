"""How long a source's records of a person are kept: a rule that a build can apply, and the ground for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Retention:
    """Kept for ``years`` after the source last told of the person, and in any case until their ``birthday``.

    Who has no date of birth counts as born on the day that the source last told of them. ``basis`` says on what ground,
    as the privacy notice would.
    """

    years: int
    birthday: int = 0
    basis: str = ""

    def __post_init__(self) -> None:
        if self.years < 0 or self.birthday < 0 or not (self.years or self.birthday):
            raise ValueError("a retention has a number of years, a birthday, or both")

    @property
    def words(self) -> str:
        """The rule as a sentence: ``Until the 25th birthday, and for 6 years after the source last told of them.``"""
        after = f"for {self.years} year{'s' if self.years != 1 else ''} after the source last told of the person"
        if not self.birthday:
            return f"{after[0].upper()}{after[1:]}."
        until = f"Until the person's {self.birthday}th birthday"
        return f"{until}, and {after}." if self.years else f"{until}."


#: What holds where a source says nothing else.
USUAL = Retention(years=7, basis="The sharing agreement's usual span, after the Limitation Act 1980")
