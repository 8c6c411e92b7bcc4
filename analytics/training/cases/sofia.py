"""Many worries, and what holds against them."""

from analytics.training.case import Also, Case, Entry, Question, Relative

CASE = Case(
    name="sofia",
    title="What holds her",
    child="Sofia",
    age=14,
    sex="F",
    before=(
        "Sofia's mother drank for years. Sofia has looked after her two small brothers since she was nine. For a year "
        "now there has been a family worker, a mentor, and a boxing club on Thursdays."
    ),
    relatives=(
        Relative("Ines", "parent", 36),
        Relative("Luca", "sibling", 7),
        Relative("Nico", "sibling", 5),
    ),
    entries=(
        Entry("attendance", 420, value=78, ended=380),
        Entry("attendance", 300, value=85, ended=260),
        Entry("attendance", 130, value=93, ended=90),
        Entry("missing", 610, value=12, detail="medium"),
        Entry("missing", 540, value=16, detail="high"),
        Entry("missing", 330, value=3, detail="medium"),
        Entry("referral", 600, detail="2A"),
        Entry("in_need", 590, detail="N1", ended=280),
        Entry("factor_young_carer", 585, detail="7A"),
        Entry("domestic_incident", 560, value=2, detail="2", of="Ines"),
        Entry("substance_treatment", 420, detail="alcohol", of="Ines", ended=160),
        Entry("early_help", 270, detail="family support", mark="help"),
        Entry("early_help_progress", 120, detail="school", mark="help"),
        Entry("mentor", 250, mark="help"),
        Entry("youth_club", 270, value=9, ended=182, mark="help"),
        Entry("youth_club", 181, value=11, ended=92, mark="help"),
        Entry("youth_club", 91, value=12, ended=5, mark="help"),
        Entry("kept_appointment", 200, detail="dentist"),
        Entry("kept_appointment", 60, detail="immunisation"),
    ),
    after=(
        "A man did message Sofia, in the autumn. She showed it to her mentor the same evening. The police spoke "
        "to him,"
        "and that was that. A year later her mother has been sober for fifteen months."
    ),
    lesson=(
        "What protects a child is rarely recorded: a person who can be told. Where it is recorded, the score "
        "moves only"
        "a little, because few records say so. Count what holds as carefully as what worries, and think twice before "
        "you end a support because things go well."
    ),
    topic="protective",
    outcome="none",
    questions=(
        Question(
            "List what protects Sofia. How much of it is in the file?",
            "The mentor and the club are; that she can tell somebody is not, and that is what counted.",
        ),
        Question(
            "Early help is to close next month because the goals are reached. What do you say?",
            "What stays when it closes, who Sofia would tell then, and who asks again in three months.",
        ),
    ),
    also=(Also("As if the help of this year had not been written down", without=("help",)),),
    place=50,
)
