"""Reading a score: six lessons, each with a question that shows whether it was understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from analytics.training.answers import last_answers, put
from data.access.gate import Session

#: Under what the journal keeps the answers.
COURSE = "reading a score"


@dataclass(frozen=True)
class Answer:
    """One answer that may be given: its words, what is to be said of it, and whether it is the right one."""

    words: str
    because: str
    right: bool = False


@dataclass(frozen=True)
class Lesson:
    """One thing to understand: ``idea`` holds for any model; the figures of the one in use stand on the page."""

    name: str
    title: str
    idea: str
    asked: str
    answers: tuple[Answer, ...]

    def __post_init__(self) -> None:
        if sum(answer.right for answer in self.answers) != 1:
            raise ValueError(f"lesson {self.name}: one answer is right")

    @property
    def right(self) -> int:
        """The number of the right answer."""
        return next(number for number, answer in enumerate(self.answers) if answer.right)


_ALL = (
    Lesson(
        "base-rate",
        "How rare it is",
        "Before any score there is a plain fact: to how many of all children this happens in a year. Nearly everything "
        "else about a score follows from that number being small.",
        "Two councils use the same model. In the first, half as many children are identified in a year as in "
        "the second. "
        "On whose list of 100 will more names be wrong?",
        (
            Answer(
                "On the first council's, where it is rarer",
                "Yes. The rarer something is, the more of those who look like it are something else. A model cannot be "
                "judged without knowing how rare the thing is that it looks for.",
                right=True,
            ),
            Answer(
                "On the second council's, where there is more of it",
                "The other way round: where there is more to be found, more of those on a list are right.",
            ),
            Answer(
                "On both alike: it is the same model",
                "It ranks alike in both. But how many of those at the top are right depends on how many there "
                "are to be "
                "found at all.",
            ),
        ),
    ),
    Lesson(
        "list",
        "How good a list is",
        "A list has as many places as there are people to visit those on it. Two things count: how many of those on it "
        "are right, and how many of those to be found are on it. What helps the one hurts the other.",
        "There are twice as many key workers as before, so the list is made twice as long. What changes?",
        (
            Answer(
                "More children are found, and a smaller share of the list is right",
                "Yes. The next places go to children with lower scores, so more visits are needed for each "
                "child found.",
                right=True,
            ),
            Answer(
                "Twice as many children are found",
                "Fewer than that. The highest scores were on the list already; those added are right less often.",
            ),
            Answer(
                "The model gets better",
                "The model is the same. Only the line is drawn elsewhere, and that is people's decision, not "
                "the model's.",
            ),
        ),
    ),
    Lesson(
        "chance",
        "What a chance means",
        "A chance speaks of many children together. If of 100 children who were given “15 of 100” about 15 are later "
        "identified, it was right. Of any one of them it doesn't say whether she is among the 15.",
        "Of 100 children who were given 15 of 100, 16 were later identified. What does that say of Ella, who is "
        "one of them?",
        (
            Answer(
                "That she is like these 100. Whether she is one of the 16 it cannot say",
                "Yes. That is all that a chance can say, and it is why somebody has to go and ask.",
                right=True,
            ),
            Answer(
                "That the model is 84 % sure that nothing is wrong with Ella",
                "It is sure of nothing about Ella. It knows what became of 100 children whose records were like hers.",
            ),
            Answer(
                "That the model was wrong, since 16 is not 15",
                "One more or less is what luck alone does. That is what the interval beside each figure is for.",
            ),
        ),
    ),
    Lesson(
        "low",
        "Why low isn't safe",
        "A low score says that little has been recorded of what the model looks for. Harm that nobody has noticed, and "
        "harm to children whom agencies hardly know, leaves a low score.",
        "A teacher is worried about a boy whose score is among the lowest. What does the score say of that worry?",
        (
            Answer(
                "Nothing. The teacher knows something that the score has not been told",
                "Yes. A worry is new knowledge. The score is made of old records, and none of them may be about this.",
                right=True,
            ),
            Answer(
                "That it weighs less than a worry about a child with a high score",
                "A score says how a child's records look. It has no bearing on what a teacher has seen.",
            ),
            Answer(
                "That it can wait until the score rises",
                "The score rises when harm has been recorded. Waiting for that means waiting for the harm.",
            ),
        ),
    ),
    Lesson(
        "high",
        "Why high isn't proof",
        "Even at the very top most children may not be what the model looks for. A high score is a reason to ask, and "
        "nothing that could be held against anybody.",
        "A girl is at the top of the list. Which sentence may stand in her file?",
        (
            Answer(
                "“Her records resemble those of children who were later identified. We will see her and ask.”",
                "Yes. It says what the score says, and what will be done to find out.",
                right=True,
            ),
            Answer(
                "“She is probably being exploited.”",
                "Look at the figure above: of children at the top, how many were? And identified is not the same as "
                "exploited, in either direction.",
            ),
            Answer(
                "“The system has identified her as a victim.”",
                "No system identifies anybody. People do, who have spoken with the child. Such a sentence follows her "
                "for years.",
            ),
        ),
    ),
    Lesson(
        "bars",
        "What the bars mean, and what not",
        "Each bar says how far one thing in the records moved this score, up or down. It says nothing of what "
        "caused what.",
        "The longest bar says “Missed 22 sessions without permission”. The boy goes back to school. What follows?",
        (
            Answer(
                "His score will fall in time. Whether he is safer, the bar cannot say",
                "Yes. The bar speaks of the score. If whoever harms him picks him up after school, he is no safer.",
                right=True,
            ),
            Answer(
                "His danger falls by as much as the bar is long",
                "The bar is part of a sum, not of his life. It came to be because missing school and harm were often "
                "found together, not because one made the other.",
            ),
            Answer(
                "Nothing: bars are only for show",
                "They are the score itself, taken apart. They tell you which records to read, and which to doubt.",
            ),
        ),
    ),
)
LESSONS: Mapping[str, Lesson] = {lesson.name: lesson for lesson in _ALL}


def answer(session: Session, lesson: Lesson, number: int) -> None:
    """Keep the answer that the reader gave. Raises `ValueError` for one that was not offered."""
    if not 0 <= number < len(lesson.answers):
        raise ValueError("no such answer")
    put(session, COURSE, lesson.name, str(number))


def given(session: Session) -> dict[str, int]:
    """The reader's last answer to each lesson's question."""
    last = last_answers(session, COURSE)
    return {name: int(said) for name, said in last.items() if name in LESSONS and said.isdecimal()}


def understood(session: Session) -> set[str]:
    """The lessons whose question the reader answered rightly, the last time."""
    return {name for name, number in given(session).items() if number == LESSONS[name].right}
