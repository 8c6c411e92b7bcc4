"""Early help: families helped without a social worker."""

from data.schema import Codes, EventRule, Group, Part, Retention, Source, Span, Who, code, date, text
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, "ethnicity", *HOME)
ROLE = Codes("role", {"child": "child", "parent": "parent or carer", "other": "other"})

SOURCE = Source(
    name="early_help",
    label="Early help",
    owner="Avonbridge Council, early help",
    about="Each family's episode of early help, its members, its reason and the goals it reached.",
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
            events=(EventRule("early_help", "opened_on", ended="closed_on", detail="reason"),),
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
    ),
)  # fmt: skip
