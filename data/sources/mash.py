"""The multi-agency safeguarding hub: contacts about children and adults."""

from data.codes import CHECKS_FOUND, CONTACT_OUTCOME, CONTACT_REASON
from data.schema import Contact, EventRule, Group, Part, Retention, Source, code, text, time
from data.sources.contract import HOME, NAME, person, who

FIELDS = (*NAME, *HOME)

SOURCE = Source(
    name="mash",
    label="Safeguarding hub contacts",
    owner="Avonbridge multi-agency safeguarding hub",
    call="The hub's consultation line, 01632 960 125, hub@avonbridge.example",
    about="Each contact that reaches the hub: who made it, about whom, why, and what was decided.",
    gateway="Children Act 2004 s.10 and s.11; Care Act 2014 s.42",
    refresh_days=1,
    coverage="everyone",
    theme="children needing help",
    retention=Retention(6, birthday=25, basis="Council retention schedule for contacts about children: until the 25th birthday"),
    parts=(
        Part(
            "contact", "One row a contact and person it is about.", "mash_contact_{year}.csv",
            (*person("mash_person", "Hub's person number", *FIELDS), text("contact_ref", "Contact number", required=True),
             time("received_at", "Received", required=True), text("agency", "Agency"), code("reason", "Reason", CONTACT_REASON), text("narrative", "What was said"),
             code("outcome", "Outcome", CONTACT_OUTCOME), text("worker", "Worker"), text("team", "Team"), text("shared_with", "Agencies asked"),
             code("checks_found", "What they had to tell", CHECKS_FOUND),
             time("closed_at", "Decided")),
            (who("mash_person", *FIELDS, seen_from="received_at", seen_to="received_at"),),
            known="occurred_on", key=("mash_person", "contact_ref"),
            events=(EventRule("contact", "received_at::DATE", detail="agency"),),
            groups=(Group("household", "contact_ref", "received_at::DATE", "received_at::DATE"),),
            contact=Contact(
                number="contact_ref", received_at="received_at", agency="agency", reason="reason", narrative="narrative", outcome="outcome",
                worker="worker", team="team", shared_with="shared_with", checks_found="checks_found", closed_at="closed_at",
            ),
        ),
    ),
)  # fmt: skip
