"""What a pilot came to, or what a year past would have been: arms beside each other, and a report to take away."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from analytics.disclosure.control import DEFAULT, protect, shown
from analytics.triage import pilot_report
from analytics.triage.pilot_figures import APART, Draw, Evaluation
from analytics.triage.pilot_measures import AFTER_DAYS, AGAIN_DAYS, HARM_DAYS
from analytics.triage.pilot_words import ARM, PAST, SAFETY, arm_words, by_arm, day, main_figure, number, state, title
from data.contacts import LEVELS
from data.journal.pilot import SHADOW
from pages.components import charts, tables
from pages.components.empty import empty, unknown
from pages.components.escape import text
from pages.components.look import ACCENT, INVENTED, QUIET, SENSITIVE
from pages.components.words import number as whole
from pages.components.words import plural
from pages.entry.here import here


def results(found: Evaluation) -> None:
    """What it is, the figure that decides, then a part at a time; and the report."""
    _what(found)
    if not sum(found.arms.values()):
        empty("What it came to would be here.", "No contact has come since it began.")
        _report(found)
        return
    parts = {
        "By arm" if found.draw else "Figures": lambda: _arms(found),
        "Agreement": lambda: _agreement(found),
        "Second looks": lambda: _back(found),
    }
    if found.draw is not None:
        draw = found.draw
        parts["The draw"] = lambda: _draw(found, draw)
    key = "pilot_part_past" if found.found.pilot is None else "pilot_part"
    picked = st.segmented_control(
        "Part", list(parts), default=next(iter(parts)), required=True, key=key, label_visibility="collapsed"
    )
    parts[picked]()
    _open(found)
    _report(found)


def _what(found: Evaluation) -> None:
    pilot = found.found.pilot
    sizes = ", ".join(f"**{whole(size)}** {ARM[arm].lower()}" for arm, size in found.arms.items())
    if pilot is None:
        size = sum(found.arms.values())
        last = (pd.Timestamp(found.found.until) - pd.Timedelta(days=1)).date()
        st.markdown(
            f"**This is no pilot.** {PAST}  \n**{plural(size, 'contact')}** came from {day(found.found.since)} "
            f"to {day(last)}."
        )
        return
    st.markdown(f"{text(state(pilot, found.found.today))} Contacts so far: {sizes}.  \n{main_figure(found)}")


def _arms(found: Evaluation) -> None:
    rows = by_arm(found)
    if rows.empty:
        empty("Figures would be here.", "No contact of it has been decided.")
        return
    arms = [arm for arm in ARM if arm in rows]
    columns = {"measure": "Of 100 contacts (95 % interval)"} | {arm: ARM[arm] for arm in arms}
    if len(arms) == 1:
        rows["of"] = [whole(value) for value in rows[f"of_{SHADOW}"]]
        columns = {"measure": "Of 100 contacts (95 % interval)", SHADOW: "Share", "of": "Of so many contacts"}
    tables.table(rows, f"pilot_arms_{_key(found)}", columns)
    known = found.hours.dropna(subset=["value"])
    said = [
        f"{arm_words(found, r['arm']).lower()} {number(r['value'], r['arm'] == APART)}"
        for r in known.to_dict("records")
    ]
    if said:
        st.markdown(f"Median hours from contact to decision: {', '.join(said)}.")
    st.caption(
        f"Another contact, or harm, counts from day {AFTER_DAYS + 1} after; sooner is the same news. {DEFAULT.words}"
    )


def _agreement(found: Evaluation) -> None:
    if not found.agreement:
        empty("How far officers and suggestion agree would be here.", "Too few contacts were graded beside one.")
        return
    for arm, one in found.agreement.items():
        if one.kappa.value is not None:
            low, high = one.kappa.low or 0.0, one.kappa.high or 0.0
            st.markdown(
                f"{arm_words(found, arm)}: weighted kappa **{one.kappa.value:.2f}** ({low:.2f} to {high:.2f}), "
                f"**{100 * one.same:.0f} of 100** graded the same, of {whole(one.contacts)} contacts."
            )
    st.caption("1 is always the same, 0 no oftener than by chance. Far apart weighs more than near (Cohen, 1968).")
    words = [level.either.capitalize() for level in LEVELS]
    counts = protect(found.cross)
    frame = pd.DataFrame(counts.map(shown).to_numpy(), columns=[f"s{at}" for at in range(5)])
    frame.insert(0, "officer", words)
    columns = {"officer": "Officer, by what was suggested"} | {f"s{at}": word for at, word in enumerate(words)}
    tables.table(frame, f"pilot_cross_{_key(found)}", columns)


def _back(found: Evaluation) -> None:
    """Contacts decided low though more was suggested: whom a second look would meet, and what followed."""
    arm = SHADOW if SHADOW in found.arms else next(iter(found.arms))
    held, harmed = found.kept_back
    st.markdown(
        f"**{_few(held)} contacts** that showed no suggestion would have come back for a second look and did not"
        f"{f', about {held / found.weeks:.0f} a week' if held >= DEFAULT.smallest and found.weeks >= 1 else ''}. "
        f"Recorded harm followed **{_few(harmed)}** of them so far."
    )
    if found.found.pilot is not None:
        st.caption(SAFETY)
    back, rest, caught = (found.row(name, arm) for name in ("back_harm", "rest_harm", "caught"))
    if pd.isna(back["value"]) or pd.isna(rest["value"]):
        unknown("What followed is told when enough of them are old enough.")
        return
    labels = ["decided low though more was suggested", "the others decided low"]
    values = [100 * row["value"] for row in (back, rest)]
    reach = [[100 * (row[name] - row["value"]) for row in (back, rest)] for name in ("high", "low")]
    fig = charts.figure(height=190)
    bars = {"type": "data", "array": reach[0], "arrayminus": [-each for each in reach[1]], "color": QUIET}
    fig.add_bar(x=values, y=labels, orientation="h", marker_color=ACCENT, error_x=bars, width=0.5)
    fig.update_xaxes(rangemode="tozero", title="of 100 contacts")
    fig.update_yaxes(autorange="reversed")
    says = (
        f"Harm on record within {HARM_DAYS} days, of 100 contacts decided with no action or advice. Of all such harm, "
        f"a second look would have met **{100 * caught['value']:.0f} of 100** "
        f"({100 * caught['low']:.0f} to {100 * caught['high']:.0f}); whether it would have averted any is not known."
    )
    charts.show(fig, key=f"pilot_back_{_key(found)}", says=says)


def _draw(found: Evaluation, draw: Draw) -> None:
    fell = "Lots fell as lots fall" if draw.held else "Lots did **not** fall as lots fall: read the figures with that"
    fell = "Too few contacts so far to tell whether lots fell as lots fall" if draw.few else fell
    st.markdown(f"**{fell}.** {pilot_report.both(found, draw)}")
    rows = draw.balance.assign(
        alike=["yes" if each else "no" for each in draw.balance["alike"]],
    )
    columns = {
        "what": "Before the draw",
        "suggestion": st.column_config.NumberColumn(ARM["suggestion"], format="%.2f"),
        "control": st.column_config.NumberColumn(ARM["control"], format="%.2f"),
        "apart": st.column_config.NumberColumn("Apart, in standard deviations", format="%+.3f"), "alike": "Alike",
    }  # fmt: skip
    tables.table(rows, f"pilot_draw_{_key(found)}", columns, rows=8)
    weeks = ", ".join(f"{ARM[arm].lower()} {plural(n, 'week')}" for arm, n in draw.weeks.items())
    chance = "" if pd.isna(draw.p) else f" So uneven a split comes by chance in {100 * draw.p:.0f} of 100 pilots."
    st.caption(f"Weeks in which contacts came: {weeks}.{chance}")


def _open(found: Evaluation) -> None:
    told = found.open
    parts = [
        f"{whole(told[name])} {words}"
        for name, words in (
            ("decision", "wait for a decision"),
            ("again", f"are younger than {AGAIN_DAYS} days"),
            ("harm", f"younger than {HARM_DAYS} days"),
        )
        if told[name]
    ]
    if parts:
        unknown(f"Not whole yet: {', '.join(parts)}. They are left out of the figures concerned.")


def _report(found: Evaluation) -> None:
    """In two steps: it is checked and in the log before there is anything to take away."""
    key = _key(found)
    left, right, rest = st.columns([3, 3, 4])
    if not left.button("Prepare the report", key=f"pilot_prepare_{key}", icon=":material/picture_as_pdf:"):
        return
    pilot_report.taken(here().session, title(found))
    mark = INVENTED if here().snapshot.invented else SENSITIVE
    made = pilot_report.paper(found, mark=mark, foot=f"Records to {day(here().today)}. {here().reader.name[:40]}.")
    right.download_button(
        "Download the report", made, f"pilot-{key}.pdf", "application/pdf", type="primary",
        key=f"pilot_download_{key}", icon=":material/download:", on_click="ignore",
    )  # fmt: skip
    rest.download_button(
        "Figures as CSV", pilot_report.table(found), f"pilot-{key}.csv", "text/csv", key=f"pilot_csv_{key}",
        icon=":material/table:", on_click="ignore",
    )  # fmt: skip


def _key(found: Evaluation) -> str:
    return "year-past" if found.found.pilot is None else found.found.pilot.number


def _few(count: int) -> str:
    return "Fewer than 5" if 0 < count < DEFAULT.smallest else whole(count)
