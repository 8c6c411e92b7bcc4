"""A boy who was read as trouble."""

from analytics.training.case import Case, Entry, Question, Relative

CASE = Case(
    name="kieran",
    title="Trouble",
    child="Kieran",
    age=13,
    sex="M",
    before=(
        "Kieran shoplifts, swears at teachers and has new headphones every other month. His mother says that he "
        "spends his evenings gaming with a mate called Dan. Nobody has met Dan."
    ),
    relatives=(Relative("Lisa", "parent", 34), Relative("Mason", "sibling", 8)),
    entries=(
        Entry("attendance", 420, value=92, ended=380),
        Entry("attendance", 130, value=88, ended=90),
        Entry("suspension", 200, value=2, detail="VA"),
        Entry("suspension", 115, value=4, detail="DB"),
        Entry("crime_suspect", 180, detail="theft"),
        Entry("antisocial", 130, detail="rowdy"),
        Entry("sen_support", 500),
    ),
    after=(
        "Dan was 41. He had met Kieran in a game, sent him presents and then asked for pictures. It came to light "
        "after eleven months, when another boy's father found the messages."
    ),
    lesson=(
        "Boys who are harmed are recorded as boys who misbehave. Few of those whom professionals identified were boys, "
        "so a model that learned from them looks for something else. Presents that nobody can account for are in no "
        "source. Ask of a boy what you would ask of a girl."
    ),
    topic="missed",
    outcome="identified",
    questions=(
        Question(
            "Read the file again as if Kieran were Katie. What do you ask now?",
            "Where the headphones come from, and who Dan is. Ask the room why it took a change of name.",
        ),
        Question(
            "What would have had to be recorded for the model to see it?",
            "Hardly anything it reads: it happened online. Some harm will never be in a score.",
        ),
    ),
    place=35,
)
