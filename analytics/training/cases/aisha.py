"""A low score that was wrong."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="aisha",
    title="Low, and not safe",
    child="Aisha",
    age=13,
    sex="F",
    before=(
        "Aisha is a quiet girl who is never late. Her form tutor thinks that she has become tired and "
        "secretive about her phone."
    ),
    relatives=(Relative("Farah", "parent", 41), Relative("Sami", "sibling", 9)),
    entries=(
        Entry("attendance", 420, value=98, ended=380),
        Entry("attendance", 300, value=97, ended=260),
        Entry("attendance", 130, value=95, ended=90),
        Entry("kept_appointment", 200, detail="dentist"),
        Entry("youth_club", 180, value=8, ended=92),
        Entry("missed_appointment", 60, detail="immunisation"),
    ),
    after=(
        "Seven months later her mother found messages on a second phone. Aisha had been groomed online "
        "for most of a year, and never went missing. Nothing that agencies record had happened."
    ),
    lesson=(
        "The model sees records, and harm that leaves no record scores low. Some children are watched "
        "less than others, and their scores are lower for that alone. A worry like the tutor's counts for "
        "more than a low number."
    ),
    topic="missed",
    outcome="identified",
    questions=(
        Question(
            "The tutor's worry is in no source. Where would it have had to be written down to be counted?",
            "In a contact with the hub. And even then the model would have counted a contact, not read what it said.",
        ),
        Question(
            "A colleague closes the contact because the score is low. What do you say?",
            "That a low score says that little has been recorded. It is no finding that nothing has happened.",
        ),
        Question(
            "Which children that you work with leave as few traces as Aisha?",
            "Quiet, well attending, online, minded at home; children whose families keep away from services.",
        ),
    ),
    place=30,
)
