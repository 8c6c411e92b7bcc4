"""A score made of silence."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="tyler",
    title="What nobody has recorded",
    child="Tyler",
    age=16,
    sex="M",
    before=(
        "Tyler moved here in the spring to live with his uncle. No school has him on roll, and no "
        "practice has registered him."
    ),
    relatives=(Relative("Marcus", "household", 35),),
    entries=(
        Entry("missing", 100, value=30, detail="high"),
        Entry("missing", 35, value=52, detail="high"),
        Entry("crime_suspect", 60, detail="supply"),
        Entry("crime_victim", 45, detail="violence"),
    ),
    unseen=("attendance", "school_census", "gp_registration", "housing", "neet"),
    after=(
        "Police stopped Tyler twice in other towns, with drugs and two phones. He had been sent by "
        "others, and was afraid of them. He was referred as criminally exploited, which this model does "
        "not look for."
    ),
    lesson=(
        "Not known is not nil: where a source does not cover a child, the model leaves it open, and says "
        "so beside the score. And a model answers one question only: this one asks about sexual "
        "exploitation."
    ),
    topic="missing data",
    outcome="other harm",
    questions=(
        Question(
            "What does the file not tell you, and who could?",
            "Where he went to school before, who looked after him, whether he is somebody's missing child: the "
            "council he came from.",
        ),
        Question(
            "Would you wait for those records before you act?",
            "No. What is there, two nights and more away and drug supply, is enough for a conversation today.",
        ),
        Question(
            "The score is about sexual exploitation. What happens if people read it as a score of risk in general?",
            "Harm of another kind looks like safety. Ask which question a number answers before reading it.",
        ),
    ),
    place=40,
)
