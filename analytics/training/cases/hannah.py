"""A health file that reads like a warning."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="hannah",
    title="Many visits",
    child="Hannah",
    age=16,
    sex="F",
    before=(
        "Hannah has severe asthma and a boyfriend of her own age whom her parents like. She moved out of her mother's "
        "house for a month in the spring, and back again."
    ),
    relatives=(Relative("Karen", "parent", 45), Relative("Lewis", "sibling", 18)),
    entries=(
        Entry("attendance", 300, value=82, ended=260),
        Entry("attendance", 130, value=76, ended=90),
        Entry("emergency", 330, detail="illness"),
        Entry("emergency", 240, detail="illness"),
        Entry("emergency", 160, detail="illness"),
        Entry("emergency", 100, detail="illness"),
        Entry("emergency", 40, detail="illness"),
        Entry("sexual_health", 190),
        Entry("sexual_health", 100),
        Entry("sexual_health", 20),
        Entry("missed_appointment", 150, detail="therapy"),
        Entry("missed_appointment", 90, detail="immunisation"),
        Entry("missing", 175, value=11, detail="medium"),
        Entry("missing", 172, value=20, detail="medium"),
        Entry("contact", 171, detail="police"),
        Entry("mental_health_referral", 120, detail="low mood"),
        Entry("homeless", 168, detail="family no longer willing", of="self"),
    ),
    after=(
        "She had quarrelled with her mother's new partner and slept at a friend's. The clinic visits were for her "
        "pill, and the nights at hospital for her lungs. Nobody was exploiting her. What she wanted was an inhaler at "
        "school and a key to her father's flat, and she got both."
    ),
    lesson=(
        "The same line can mean care taken or harm done. A visit to a sexual health clinic is what we ask young "
        "people to do. The model counts visits and cannot ask why; you can. Ask before you conclude, and don't let "
        "asking for help count against a young person."
    ),
    topic="false alarm",
    outcome="none",
    questions=(
        Question(
            "Go through the health lines. For each: what good reason could there be for it?",
            "There is one for all of them. Long illness alone fills a file.",
        ),
        Question(
            "Hannah learns that her clinic visits raised a score. What might she do next?",
            "Stay away from the clinic. A tool that makes people avoid help does harm by itself.",
        ),
    ),
    place=25,
)
