"""A girl where nobody looks."""

from analytics.training.case import Also, Case, Entry, Question, Relative

CASE = Case(
    name="beth",
    title="A good address",
    child="Beth",
    age=15,
    sex="F",
    before=(
        "Beth boards during the week at a private school outside the city. The family sees a private doctor. Her "
        "older sister tells you that Beth has a boyfriend who is 26, and that their parents laugh about it."
    ),
    relatives=(Relative("Helena", "parent", 47), Relative("Charlotte", "sibling", 20)),
    entries=(
        Entry("missed_appointment", 160, detail="dentist"),
        Entry("emergency", 45, detail="injury"),
        Entry("attendance", 300, value=84, ended=260, mark="school's own"),
        Entry("attendance", 130, value=68, ended=90, mark="school's own"),
        Entry("unauthorised", 130, value=24, ended=90, mark="school's own"),
        Entry("suspension", 70, value=4, detail="DA", mark="school's own"),
    ),
    unseen=("attendance", "school_census", "gp_registration", "housing", "child_health", "neet"),
    after=(
        "The school had let the weekends pass, since the fees were paid. Ten months later Charlotte rang the police "
        "herself. The man had taken Beth and two of her friends to parties in three cities."
    ),
    lesson=(
        "Private schools, private doctors and parents who are listened to keep a child out of the records, and out of "
        "the records means a low score. Few of those who are harmed behind a good address are ever identified, so the "
        "model hardly learned of them. What the sister said is worth more than anything here."
    ),
    topic="bias",
    outcome="identified",
    questions=(
        Question(
            "Would you have been more worried if the same had been said of a girl on an estate?",
            "Honesty. Most rooms find that they would: the model has learned from such judgements too.",
        ),
        Question(
            "What could you do with the sister's words today?",
            "A contact with the hub, a strategy discussion, a call to the school. None of it needs a score.",
        ),
    ),
    also=(
        Also(
            "Had her school sent what state schools send",
            adding=("school's own",),
            seen=("attendance", "school_census"),
        ),
    ),
    place=100,
)
