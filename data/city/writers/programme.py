"""The parenting programme: who applied for which child, what the lot gave them, and who came and finished."""

from __future__ import annotations

from data.city.writers.frame import Book, day_column, words
from data.city.writers.support import EARLY
from data.sources.early_help import FIELDS

DRAWN = ("place", "waiting")


def write(book: Book) -> None:
    """One row an application, under the numbers of early help, who runs the programme."""
    register, table = book.register("early_help", EARLY), book.happened("programme", "drawn")
    child = table["child"]
    book.write(
        "early_help",
        "programme",
        {
            "eh_id": register.locals(child),
            **register.fields(FIELDS, child, table["day"]),
            "applied_on": day_column(table["day"]),
            "drawn_on": day_column(table["drawn"]),
            "drawn": words(DRAWN, 1 - table["offered"].astype("int64")),
            "attended_from": day_column(table["begins"]),
            "finished_on": day_column(table["done"]),
        },
    )
