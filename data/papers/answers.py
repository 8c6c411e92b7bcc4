"""What only the council can say in its papers, told once: ``ATRS`` in ``KINSIGHT_LOCAL/papers/*.py``, field by field.

    ATRS = {"2.1.3": "Director of children's services", "cse 2.2.4": "Lists kept by each school"}

A field's number alone speaks of every model, with a model's name before it of that one. What nobody has told stays
marked in the paper as the council's to fill in: nothing is made up.
"""

from __future__ import annotations

from data import local
from data.papers.council import COUNCIL

#: What is known of the invented council; a real one's come from its own file.
OURS = {"1.4": COUNCIL.email, "2.1.1": COUNCIL.name}


def answer(model: str, number: str) -> str:
    """What the council says in the field ``number`` about ``model``; empty where it says nothing."""
    told = dict(OURS)
    for module in local.modules("papers"):
        with local.named(module):
            told |= {str(key): str(value) for key, value in dict(module.ATRS).items()}
    return told.get(f"{model} {number}", told.get(number, "")).strip()
