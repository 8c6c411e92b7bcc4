"""A file that has grown old."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="reece",
    title="Two years later",
    child="Reece",
    age=17,
    sex="M",
    before=(
        "Reece came into care at fourteen after a hard year. He has lived with the same foster carers for two years, "
        "and has begun an apprenticeship as an electrician."
    ),
    relatives=(Relative("Donna", "parent", 41), Relative("Tia", "sibling", 15)),
    entries=(
        Entry("missing", 720, value=20, detail="high"),
        Entry("missing", 690, value=44, detail="high"),
        Entry("missing", 660, value=15, detail="medium"),
        Entry("crime_suspect", 700, detail="drugs"),
        Entry("crime_suspect", 640, detail="violence"),
        Entry("suspension", 680, value=10, detail="PP"),
        Entry("section47", 715),
        Entry("protection_plan", 710, detail="NEG", ended=650),
        Entry("looked_after", 700, detail="C2"),
        Entry("placement", 700, detail="K2", ended=640),
        Entry("placement", 640, detail="U6"),
        Entry("placement", 400, detail="U6", of="Tia"),
        Entry("health_check", 200),
        Entry("health_check", 30),
        Entry("sdq", 190, value=11),
        Entry("care_review", 150),
        Entry("mentor", 500),
        Entry("kept_appointment", 100, detail="dentist"),
    ),
    after=(
        "Nothing happened, which is the point. Reece finished his first year, and asked his worker to stop ringing the "
        "firm. He turned eighteen at his foster carers' table, where he still lives."
    ),
    lesson=(
        "A file forgets more slowly than a life changes, and its readers more slowly than a model. Care itself fills "
        "it: reviews, placements and checks are written because somebody looks after him. Look at the dates before you "
        "look at the length, and at what has stayed steady, for which there is no line."
    ),
    topic="protective",
    outcome="none",
    questions=(
        Question(
            "Draw a line where the file turns. What is above it and what below?",
            "Everything that worries is about two years old. Nothing since is a worry at all.",
        ),
        Question(
            "What did it cost Reece that people went on asking?",
            "His firm knew. Being watched is not free for the one who is watched.",
        ),
    ),
    place=55,
)
