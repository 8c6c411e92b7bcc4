"""A quick change, and the score saw it."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="ruby",
    title="From March to June",
    child="Ruby",
    age=13,
    sex="F",
    before=(
        "Until last winter nobody outside her school knew Ruby's name. Her grandmother, who brings her up, says that "
        "it is a phase."
    ),
    relatives=(Relative("Pauline", "household", 64), Relative("Jade", "co_missing", 15, known_case=120)),
    entries=(
        Entry("attendance", 420, value=96, ended=380),
        Entry("attendance", 300, value=95, ended=260),
        Entry("attendance", 130, value=74, ended=90),
        Entry("attendance", 85, value=58, ended=20),
        Entry("unauthorised", 85, value=20, ended=20),
        Entry("suspension", 62, value=3, detail="DA"),
        Entry("missing", 88, value=5, detail="medium"),
        Entry("missing", 61, value=10, detail="medium"),
        Entry("missing", 47, value=17, detail="high"),
        Entry("missing", 30, value=12, detail="high"),
        Entry("missing", 12, value=36, detail="high"),
        Entry("found_harmed", 11),
        Entry("contact", 60, detail="school"),
        Entry("contact", 29, detail="police"),
        Entry("referral", 28, detail="6"),
        Entry("crime_victim", 46, detail="violence"),
        Entry("sexual_health", 25),
    ),
    after=(
        "At the return interview after the longest night Ruby asked whether her grandmother had to know. Two men in "
        "their thirties had been giving her and Jade vodka and trainers. She was identified within the month, and is "
        "living with her grandmother still, with a worker whom she chose."
    ),
    lesson=(
        "How fast things change says more than how bad they are. Each line lay in another office, and for weeks nobody "
        "sat down with all of them. The score was right here: and what helped Ruby was the return interview, which "
        "asked, and did not tell."
    ),
    topic="true alarm",
    outcome="identified",
    questions=(
        Question(
            "At which line would you have picked up the phone?",
            "Rooms differ, often by agency. Let two people who differ explain to each other.",
        ),
        Question(
            "The grandmother says it is a phase. How do you keep her on your side?",
            "Take her fear seriously: she may be afraid of losing Ruby to care. She is the best protection Ruby has.",
        ),
        Question(
            "The score was right. Does that make it right next time?",
            "No. Of the children at her level most are not being exploited: see the next false alarm.",
        ),
    ),
    place=15,
)
