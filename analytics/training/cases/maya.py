"""A pattern that several agencies hold a piece of."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="maya",
    title="Five agencies, one piece each",
    child="Maya",
    age=14,
    sex="F",
    before=(
        "Maya lives with her mother and stepfather. School, police and health each know something; nobody "
        "has put it together."
    ),
    relatives=(
        Relative("Dion", "sibling", 16),
        Relative("Kayleigh", "co_missing", 15, known_case=400),
        Relative("Tanya", "parent", 39),
    ),
    entries=(
        Entry("attendance", 420, value=94, ended=380),
        Entry("attendance", 300, value=86, ended=260),
        Entry("attendance", 130, value=71, ended=90),
        Entry("unauthorised", 130, value=15, ended=90),
        Entry("suspension", 120, value=4, detail="DB"),
        Entry("missing", 200, value=6, detail="medium"),
        Entry("missing", 150, value=11, detail="medium"),
        Entry("missing", 95, value=19, detail="high"),
        Entry("missing", 40, value=26, detail="high"),
        Entry("sexual_health", 110),
        Entry("sexual_health", 55),
        Entry("emergency", 70, detail="intoxicated"),
        Entry("emergency_intoxicated", 70),
        Entry("referral", 185, detail="2A"),
        Entry("placement", 600, detail="U6", of="Dion"),
        Entry("domestic_incident", 480, value=2, detail="2", of="Tanya"),
    ),
    after=(
        "Five months later Maya told a youth worker about an older man who gave her rides and a phone. "
        "She and Kayleigh had been taken to the same flat. She was referred to the exploitation service "
        "and moved to her aunt's."
    ),
    lesson=(
        "No single record was alarming. Going missing with a girl already known to be exploited, and "
        "school slipping at the same time, is what the pattern was made of."
    ),
    topic="true alarm",
    outcome="identified",
    questions=(
        Question(
            "Which single line would you have acted on, if it had been the only one on your desk?",
            "Usually none. The point is that each agency saw one line, and the worry lies between them.",
        ),
        Question(
            "What would you ask Maya first, and who is best placed to ask it?",
            "Somebody she already trusts, and a question about her week, not about exploitation. Not five people, "
            "one after another.",
        ),
        Question(
            "Kayleigh was identified a year ago. What should that have set in motion for the girls she goes "
            "missing with?",
            "That friends of a known victim are asked after at once, and that nobody needs a score for it.",
        ),
    ),
    place=10,
)
