"""Little in her own file, much around her."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="zoe",
    title="The company she keeps",
    child="Zoe",
    age=15,
    sex="F",
    before=("Zoe's own file is short. Her social worker closed it last year, and nobody has been worried since."),
    relatives=(
        Relative("Craig", "parent", 48),
        Relative("Chloe", "co_missing", 16, known_case=300),
        Relative("Ebony", "co_missing", 15, known_case=90),
        Relative("Sam", "sibling", 17, known_case=500),
    ),
    entries=(
        Entry("attendance", 300, value=90, ended=260),
        Entry("attendance", 130, value=83, ended=90),
        Entry("referral", 560, detail="2A"),
        Entry("in_need", 550, detail="N5", ended=420),
        Entry("missing", 110, value=6, detail="medium"),
        Entry("missing", 43, value=9, detail="medium"),
        Entry("missing", 111, value=7, detail="medium", of="Chloe"),
        Entry("missing", 60, value=30, detail="high", of="Chloe"),
        Entry("missing", 43, value=9, detail="medium", of="Ebony"),
        Entry("missing", 20, value=51, detail="high", of="Ebony"),
        Entry("placement", 220, detail="K2", of="Chloe"),
        Entry("crime_suspect", 130, detail="supply", of="Sam"),
    ),
    after=(
        "Ebony told her worker that Zoe had come along twice, and was afraid of what her father would do if he heard. "
        "Zoe was identified three months later. She had waited for somebody to ask her alone."
    ),
    lesson=(
        "Two of those she goes missing with were exploited, and that is what a worker acted on. See in the bars how "
        "much of it the score took up: it may be little. A model weighs what was common in the files it learned from, "
        "not what a professional knows to matter. And where it does count friends, it counts them against every friend "
        "of a victim, most of whom come to no harm. What a friend did is a reason to ask, and never something to hold "
        "against a child."
    ),
    topic="true alarm",
    outcome="identified",
    questions=(
        Question(
            "How would you feel if your own file worried people because of your friends?",
            "Let it stand for a while. Guilt by company is what families fear most of such tools.",
        ),
        Question(
            "How do you ask Zoe alone, without her father hearing of it and without telling of Ebony?",
            "School, a health visit, a youth worker; and not a word from Ebony's file in hers.",
        ),
    ),
    place=60,
)
