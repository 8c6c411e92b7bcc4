"""A namesake's nights in the wrong file."""

from analytics.training.case import NOT_THEIRS, Also, Case, Entry, Question, Relative

CASE = Case(
    name="leah",
    title="Somebody else's nights",
    child="Leah",
    age=15,
    sex="F",
    before=(
        "Leah lives with both parents and plays for the county. Her mother rang the school in tears: a letter from "
        "the police spoke of her daughter being missing overnight."
    ),
    relatives=(Relative("Joanne", "parent", 43), Relative("Paul", "parent", 46), Relative("Ryan", "sibling", 12)),
    entries=(
        Entry("attendance", 420, value=97, ended=380),
        Entry("attendance", 130, value=96, ended=90),
        Entry("youth_club", 180, value=10, ended=92),
        Entry("youth_club", 91, value=12, ended=10),
        Entry("kept_appointment", 90, detail="dentist"),
        Entry("missing", 210, value=9, detail="medium", mark=NOT_THEIRS),
        Entry("missing", 150, value=26, detail="high", mark=NOT_THEIRS),
        Entry("missing", 75, value=33, detail="high", mark=NOT_THEIRS),
        Entry("missing", 31, value=18, detail="high", mark=NOT_THEIRS),
        Entry("crime_suspect", 140, detail="theft", mark=NOT_THEIRS),
        Entry("emergency", 74, detail="intoxicated", mark=NOT_THEIRS),
        Entry("emergency_intoxicated", 74, mark=NOT_THEIRS),
        Entry("sexual_health", 60, mark=NOT_THEIRS),
    ),
    after=(
        "Another Leah with the same surname and year of birth lived two streets away. Her records had been put into "
        "this file. Nobody had missed this Leah for a single night. The other one, whose own file looked empty, was "
        "seen three weeks later than she would have been."
    ),
    lesson=(
        "Records are joined by likeness, and some joins are wrong. A wrong join harms twice: a child who has done "
        "nothing is suspected, and the one who needs help looks safe. Look at where each line comes from before you "
        "speak to a family, and send a doubtful join to Review."
    ),
    topic="linkage",
    outcome="none",
    questions=(
        Question(
            "Which two lines of this file cannot easily be true of the same girl?",
            "Missing for more than a day, and 96 % attendance with a match every week.",
        ),
        Question(
            "You ring her mother. How do you begin?",
            "By asking, not telling: 'I have something here which may not be about Leah at all.'",
        ),
        Question(
            "Who else may have been harmed by this mistake?",
            "The other Leah. An empty file is the other half of every wrong join.",
        ),
    ),
    also=(Also("Without the lines that are another girl's", without=(NOT_THEIRS,)),),
    place=70,
)
