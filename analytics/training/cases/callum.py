"""A heightened score that was wrong."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="callum",
    title="High, and wrong",
    child="Callum",
    age=15,
    sex="M",
    before=(
        "Callum lives with his father. He has a plan for special needs, hates his new school, and walks "
        "out when there are rows at home."
    ),
    relatives=(Relative("Gary", "parent", 44), Relative("Ellie", "sibling", 11)),
    entries=(
        Entry("attendance", 420, value=88, ended=380),
        Entry("attendance", 130, value=63, ended=90),
        Entry("unauthorised", 130, value=22, ended=90),
        Entry("suspension", 230, value=6, detail="VA"),
        Entry("suspension", 160, value=10, detail="PP"),
        Entry("suspension", 110, value=8, detail="DB"),
        Entry("ehc_plan", 500),
        Entry("missing", 260, value=9, detail="medium"),
        Entry("missing", 190, value=14, detail="medium"),
        Entry("missing", 140, value=8, detail="medium"),
        Entry("missing", 85, value=20, detail="high"),
        Entry("missing", 30, value=7, detail="medium"),
        Entry("antisocial", 100, detail="noise"),
        Entry("domestic_child", 300, value=2, detail="2"),
        Entry("domestic_child", 210, value=1, detail="1"),
        Entry("referral", 240, detail="6"),
        Entry("mental_health_referral", 150, detail="attention and behaviour"),
    ),
    after=(
        "Each time Callum was at his grandmother's, three streets away. A worker who asked him learned "
        "that in ten minutes. With a part-time timetable and a calmer home he has not been missing since."
    ),
    lesson=(
        "The score counted the nights; it could not know where he slept. Most children with a high score "
        "are not being exploited. A visit costs little, an assumption costs a lot."
    ),
    topic="false alarm",
    outcome="none",
    questions=(
        Question(
            "Where did you think he was at night, and what in the file made you think so?",
            "Nothing in the file says where he was. People fill the gap with what the score suggests.",
        ),
        Question(
            "What would it have cost Callum and his father if the file alone had been believed?",
            "Strategy meetings, a label that follows him from agency to agency, and a boy who talks to nobody "
            "afterwards.",
        ),
        Question(
            "Which lines of this file would look the same for a child who is unhappy at school?",
            "Nearly all of them: suspensions, absence, walking out. The model learned from files in which these "
            "came together with harm.",
        ),
    ),
    place=20,
)
