"""A source that stopped sending."""

from analytics.training.case import Also, Case, Entry, Question, Relative

CASE = Case(
    name="dylan",
    title="It went quiet",
    child="Dylan",
    age=14,
    sex="M",
    before=(
        "Dylan's name came up at three meetings last year. This year there is nothing new, and somebody proposes to "
        "close. His school became an academy in the spring, under another trust."
    ),
    relatives=(Relative("Stacey", "parent", 37), Relative("Connor", "associate", 16, known_case=200)),
    entries=(
        Entry("missing", 400, value=13, detail="medium"),
        Entry("missing", 380, value=18, detail="high"),
        Entry("contact", 379, detail="police"),
        Entry("referral", 375, detail="6"),
        Entry("emergency", 300, detail="assault"),
        Entry("attendance", 130, value=61, ended=90, mark="not sent"),
        Entry("attendance", 80, value=49, ended=20, mark="not sent"),
        Entry("unauthorised", 130, value=26, ended=90, mark="not sent"),
        Entry("unauthorised", 80, value=31, ended=20, mark="not sent"),
        Entry("suspension", 100, value=6, detail="PP", mark="not sent"),
        Entry("suspension", 50, value=10, detail="OW", mark="not sent"),
    ),
    unseen=("attendance", "school_census"),
    after=(
        "The new trust had sent no registers since April. When somebody rang, it turned out that Dylan had hardly been "
        "at school, and had been found with a knife that he said was for his own safety. Older boys had him carry for "
        "them. He was referred as criminally exploited."
    ),
    lesson=(
        "Quiet can be good news or no news. Look under the score at what the model has not seen, before you take "
        "silence for calm. And it was harm of another kind: this model asks about sexual exploitation alone."
    ),
    topic="missing data",
    outcome="other harm",
    questions=(
        Question(
            "How could you have noticed that the registers had stopped?",
            "No attendance line at all this year. The page Score names sources that it has seen nothing of.",
        ),
        Question(
            "What should have to be true before a case is closed because it went quiet?",
            "That somebody has seen the child, and that those who would report have reported.",
        ),
    ),
    also=(
        Also(
            "With the registers that the school had not sent",
            adding=("not sent",),
            seen=("attendance", "school_census"),
        ),
    ),
    place=45,
)
