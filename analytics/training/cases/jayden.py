"""A boy whose street is watched."""

from analytics.training.case import Also, Case, Entry, Question, Relative

PATROL = "written by the patrol"

CASE = Case(
    name="jayden",
    title="The watched street",
    child="Jayden",
    age=14,
    sex="M",
    before=(
        "Jayden is Black, lives on an estate where a police team has patrolled every evening since last winter, and "
        "meets his friends outside because the club has closed. His aunt fosters his cousin Theo, who lives across "
        "the river and does much the same with his evenings."
    ),
    relatives=(Relative("Denise", "parent", 40), Relative("Kai", "co_offending", 15), Relative("Andre", "sibling", 17)),
    entries=(
        Entry("attendance", 420, value=91, ended=380),
        Entry("attendance", 130, value=86, ended=90),
        Entry("suspension", 140, value=2, detail="DB"),
        Entry("antisocial", 290, detail="rowdy", mark=PATROL),
        Entry("antisocial", 220, detail="noise", mark=PATROL),
        Entry("antisocial", 150, detail="rowdy", mark=PATROL),
        Entry("antisocial", 95, detail="rowdy", mark=PATROL),
        Entry("antisocial_action", 93, detail="warning", mark=PATROL),
        Entry("crime_suspect", 200, detail="drugs", mark=PATROL),
        Entry("crime_suspect", 110, detail="order", mark=PATROL),
        Entry("crime_suspect", 48, detail="drugs", mark=PATROL),
        Entry("missing", 130, value=5, detail="medium", mark=PATROL),
        Entry("missing", 58, value=4, detail="medium", mark=PATROL),
        Entry("contact", 129, detail="police", mark=PATROL),
        Entry("contact", 57, detail="police", mark=PATROL),
        Entry("crime_suspect", 160, detail="order", of="Andre", mark=PATROL),
    ),
    after=(
        "Nothing was found on Jayden on any evening, and no charge was brought. The two reports of him missing were "
        "made by officers who found him out late and drove him home. Theo, who was out as late and as often, has an "
        "empty file. Neither was being exploited."
    ),
    lesson=(
        "A record says what somebody saw and wrote down. Where more people look, more is written, and the score rises "
        "with the looking. The model does not know that Jayden is Black, and still tells him and Theo apart, because "
        "streets are not watched alike. Ask of each line who wrote it, and whether they would have written it "
        "elsewhere. The page Fairness shows how often that goes wrong, by group."
    ),
    topic="bias",
    outcome="none",
    questions=(
        Question(
            "Cross out every line that is there because of the patrol. What is left?",
            "Ordinary school lines. The room should see that the boy did not change, the looking did.",
        ),
        Question(
            "The model is not told anybody's ethnicity. Does that make it fair?",
            "No. Streets, stops and suspensions carry it. Leaving a word out does not leave the difference out.",
        ),
        Question(
            "What would you write in the file today, so that the next reader isn't misled?",
            "Where the reports come from, that nothing was found, and what Jayden himself said of his evenings.",
        ),
    ),
    also=(Also("Without what was written by the patrol, as for his cousin", without=(PATROL,)),),
    place=90,
)
