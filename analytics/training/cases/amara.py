"""One girl, two records: her file was in two halves."""

from analytics.training.case import NOT_JOINED, Also, Case, Entry, Question, Relative

CASE = Case(
    name="amara",
    title="Half a file",
    child="Amara",
    age=14,
    sex="F",
    before=(
        "Amara came to the city two years ago. Her surname has been written down in several ways since, and her date "
        "of birth was corrected once. Her school finds her bright, and lately often absent."
    ),
    relatives=(Relative("Grace", "parent", 38), Relative("Shanice", "co_missing", 16, known_case=250)),
    entries=(
        Entry("enrolment", 640, detail="Harbour Academy"),
        Entry("attendance", 300, value=93, ended=260),
        Entry("attendance", 130, value=79, ended=90),
        Entry("unauthorised", 130, value=11, ended=90),
        Entry("kept_appointment", 210, detail="dentist"),
        Entry("missing", 170, value=7, detail="medium", mark=NOT_JOINED),
        Entry("missing", 120, value=14, detail="high", mark=NOT_JOINED),
        Entry("missing", 66, value=22, detail="high", mark=NOT_JOINED),
        Entry("missing", 24, value=31, detail="high", mark=NOT_JOINED),
        Entry("contact", 118, detail="police", mark=NOT_JOINED),
        Entry("sexual_health", 80, mark=NOT_JOINED),
        Entry("emergency", 65, detail="intoxicated", mark=NOT_JOINED),
        Entry("emergency_intoxicated", 65, mark=NOT_JOINED),
    ),
    after=(
        "Police and hospital knew her as Amarachi, with another birthday, and the two were never put together. "
        "Four months later she was found in a flat with Shanice and referred to the exploitation service. Only then "
        "did somebody see that both files were hers."
    ),
    lesson=(
        "A score speaks of a record, and a record is not always a whole child. Names that are spelled in many ways are "
        "joined less often, and so their children score lower. If a file seems too thin for the child in front of you, "
        "search for another spelling, and say so on the page Review."
    ),
    topic="linkage",
    outcome="identified",
    questions=(
        Question(
            "What in the file might have told you that something is missing from it?",
            "Falling attendance without any reason; a bright girl with nothing recorded by health or police at all.",
        ),
        Question(
            "Whose names are most often written in more than one way, and what does that do to their scores?",
            "Names that English forms do not expect. Their files fall apart more often, so harm to them shows later.",
        ),
        Question(
            "How do you look for a second record, and whom do you tell?",
            "Another spelling, another birthday, the same address or phone; then whoever reviews uncertain pairs.",
        ),
    ),
    also=(Also("With the other half of her file put to it", adding=(NOT_JOINED,)),),
    place=80,
)
