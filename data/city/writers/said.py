"""What is said when somebody calls the hub: a sentence by reason and by how bad the event was, loosely."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from data.city.reasons import REASONS
from data.city.writers.frame import words

# Mild, middling, grave.
SENTENCES = {
    "domestic": (
        "Officers attended a verbal argument at the address; all calm on leaving.",
        "Officers attended an argument at the address; a child was upset.",
        "One adult was injured at the address and the children saw it.",
    ),
    "neglect": (
        "Child came without a coat and said there was no breakfast.",
        "Child is often hungry and in the same clothes.",
        "Home visited: no food, no heating, young children alone.",
    ),
    "physical": (
        "A small bruise was seen; the account may fit.",
        "A mark was seen and the account did not fit.",
        "Several injuries were seen; child says an adult did it.",
    ),
    "sexual": (
        "Sexualised language heard that is not usual for the age.",
        "Child said something about being touched.",
        "Child named an adult and described what was done.",
    ),
    "emotional": (
        "Raised voices heard at the home.",
        "Child is shouted at and frightened at home.",
        "Child does not want to go home and speaks of being locked in.",
    ),
    "exploitation": (
        "Seen with older people after school.",
        "Seen with older people; has things nobody bought.",
        "Got out of a car with older people late at night, distressed.",
    ),
    "missing": (
        "Was reported missing and came back the same evening.",
        "Was reported missing overnight and came back.",
        "Was missing for days and will not say where.",
    ),
    "mental_health": (
        "Low mood for some weeks.",
        "Low mood and thoughts of self-harm.",
        "Taken to hospital after self-harm.",
    ),
    "substance": (
        "A parent smelt of alcohol at the school gate.",
        "A parent seemed under the influence while caring for the child.",
        "A parent was found unconscious with the children at home.",
    ),
    "behaviour": (
        "Behaviour is hard to manage in class.",
        "Behaviour is hard to manage at home and at school.",
        "Child hurt another child and was sent home.",
    ),
    "school": (
        "Attendance has begun to fall.",
        "Attendance has fallen and letters go unanswered.",
        "Child has not been seen at school for weeks.",
    ),
    "housing": (
        "The family asks for help with the rent.",
        "The family may lose its home.",
        "The family was evicted and has nowhere to stay tonight.",
    ),
    "disability": (
        "Parents ask what help there is with a disability.",
        "Parents ask for help with a disability and a break.",
        "Parents say that they cannot cope with the care any longer.",
    ),
    "other": (
        "Someone asks for advice about the family.",
        "Someone is worried about the family.",
        "Someone is very worried and asks that it be looked at today.",
    ),
    "adult_care": (
        "A neighbour has not seen the person for a while.",
        "The person is not eating well and the home is unkempt.",
        "The person was found cold and confused, without food.",
    ),
}
_EACH = len(next(iter(SENTENCES.values())))


def said(reason: NDArray[np.integer], incident: NDArray[np.floating], number: NDArray[np.integer]) -> pa.Array:
    """The sentence of each row; ``number`` of the contact shuffles it by up to a step, as tellers do."""
    blur = ((number * 2654435761) % 1000) / 1000 - 0.5
    grade = np.clip(np.floor(1.5 + incident * 0.9 + blur), 0, _EACH - 1).astype(np.int64)
    every = tuple(sentence for name in REASONS for sentence in SENTENCES[name])
    return words(every, np.asarray(reason).astype(np.int64) * _EACH + grade)
