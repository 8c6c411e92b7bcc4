"""Early help: families helped without a social worker."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, Span, Who, code, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "ethnicity", *HOME)
ROLE = Codes("role", {"child": "child", "parent": "parent or carer", "other": "other"})
DRAWN = Codes("drawn", {"place": "drawn: a place", "waiting": "not drawn: on the waiting list"})

SOURCE = Source(
    name="early_help",
    label="Early help",
    owner="Avonbridge Council, early help",
    call="Early help front door, 01632 960 119, early.help@avonbridge.example",
    about="Each family's episode of early help, its members, its reason and the goals it reached; and who applied for "
    "the parenting programme, whose places are drawn by lot.",
    gateway="Children Act 2004 s.10; consent of the family",
    refresh_days=7,
    coverage="everyone",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for early help: until the 25th birthday"),
    parts=(
        Part(
            "member", "One row a member of the family and episode.", "early_help_member.csv",
            (*person("eh_id", "Early help person number", *FIELDS), text("episode_ref", "Episode number", required=True), code("role", "Role", ROLE),
             text("reason", "Reason"), text("worker", "Worker"), date("opened_on", "Opened", required=True), date("closed_on", "Closed")),
            (who("eh_id", *FIELDS, seen_from="opened_on", seen_to="closed_on"),),
            known="occurred_on + 3", key=("eh_id", "episode_ref"),
            events=(
                EventRule("early_help", "opened_on", ended="closed_on", detail="reason"),
                EventRule("early_help_worker", "opened_on", ended="closed_on", detail="worker", when="worker IS NOT NULL"),
            ),
            groups=(Group("household", "episode_ref", "opened_on", "closed_on"),),
            span=Span("opened_on", "closed_on"),
        ),
        Part(
            "goal", "Each goal reached.", "early_help_goal.csv",
            (text("eh_id", "Early help person number", required=True), text("goal", "Goal"), date("reached_on", "Reached", required=True)),
            (Who({"local_id": "eh_id"}),), known="occurred_on + 7",
            events=(
                EventRule("early_help_progress", "reached_on", detail="goal", when="goal <> 'parenting course'"),
                EventRule("parenting_course", "reached_on", detail="goal", when="goal = 'parenting course'"),
            ),
        ),
        Part(
            "programme", "Each application for a place on the parenting programme, under the child whom it is about.", "early_help_programme.csv",
            (*person("eh_id", "Early help person number", *FIELDS), date("applied_on", "Applied"), date("drawn_on", "Drawn", required=True),
             code("drawn", "What was drawn", DRAWN, required=True), date("attended_from", "Attended from"), date("finished_on", "Finished")),
            (who("eh_id", *FIELDS, seen_from="applied_on"),),
            key=("eh_id", "drawn_on"),
            events=(
                EventRule("programme_offered", "drawn_on", when="drawn = 'place'"),
                EventRule("programme_waiting", "drawn_on", when="drawn = 'waiting'"),
                EventRule("parenting_course", "attended_from", ended="finished_on", detail="'the parenting programme'", known="occurred_on + 7"),
            ),
        ),
    ),
)  # fmt: skip
