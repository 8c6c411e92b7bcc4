"""Published figures of Bristol and England (DfE, ONS and NHS, Open Government Licence v3; formats.md, section 5)."""

from __future__ import annotations

# Share of the assessments with any factor, by code.
PUBLISHED_FACTORS = {
    "4B": ("parent's mental health", 39.6),
    "3B": ("domestic abuse of a parent", 30.3),
    "17A": ("emotional abuse", 27.5),
    "4A": ("child's mental health", 25.0),
    "16A": ("neglect", 19.5),
    "1B": ("parent's alcohol", 17.6),
    "2B": ("parent's drugs", 20.4),
    "5A": ("child's learning disability", 21.4),
    "18C": ("physical abuse by an adult", 18.3),
    "14A": ("unacceptable behaviour", 9.3),
    "15A": ("self-harm", 7.4),
    "7A": ("young carer", 8.5),
    "10A": ("missing", 5.6),
    "24A": ("criminal exploitation", 7.3),
    "11A": ("sexual exploitation", 4.6),
    "13A": ("gangs", 3.7),
    "12A": ("trafficking", 1.8),
}
# The figure: what is published, and of how many it speaks (a mean is of one).
PUBLISHED: dict[str, tuple[float, int]] = {
    "children under 18 per 1,000 families": (1717, 1000),
    "looked after per 10,000": (81, 10_000),
    "started to be looked after per 10,000": (29, 10_000),
    "ceased to be looked after per 10,000": (31, 10_000),
    "looked after and missing in the year %": (14, 100),
    "looked after: strengths and difficulties, mean score": (16.0, 1),
    "looked after: score of concern % (England)": (42, 100),
    "looked after: convicted % (England)": (2, 100),
    "looked after: substance misuse % (England)": (3, 100),
    "in need on 31 March per 10,000": (326.1, 10_000),
    "protection plans per 10,000": (40.5, 10_000),
    "referrals in the year per 10,000": (460, 10_000),
    "referred again within 12 months %": (23.2, 100),
    "referrals with no further action %": (13.6, 100),
    "assessed, not in need % of referrals": (29.7, 100),
    "second or later protection plan %": (26.3, 100),
    "absence, all pupils, autumn % (England)": (6.7, 100),
    "persistent absence, all pupils, autumn % (England)": (20.1, 100),
    "absence, free school meals % (England)": (10.4, 100),
    "absence, no free school meals % (England)": (5.5, 100),
    "persistent absence, free school meals % (England)": (33.0, 100),
    "persistent absence, no free school meals % (England)": (15.6, 100),
    "absence, education, health and care plan % (England)": (12.4, 100),
    "absence, special needs support % (England)": (10.3, 100),
    "absence, no special needs % (England)": (6.1, 100),
    "absence, in need %": (21.8, 100),
    "persistent absence, in need %": (54.9, 100),
    "severe absence, in need %": (15.8, 100),
    "absence, protection plan %": (27.1, 100),
    "persistent absence, protection plan %": (63.4, 100),
    "severe absence, protection plan %": (21.0, 100),
    "absence, looked after 12 months %": (10.8, 100),
    "persistent absence, looked after 12 months %": (25.6, 100),
    "severe absence, looked after 12 months %": (7.8, 100),
    "suspended, in need %": (17.9, 100),
    "suspended, looked after 12 months %": (22.4, 100),
    "free school meals, primary %": (27.6, 100),
    "free school meals, secondary %": (31.7, 100),
    "education, health and care plan %": (5.1, 100),
    "special needs support %": (16.9, 100),
    "16-17 not in education, work or training %": (6.0, 100),
    "the same or not known %": (6.5, 100),
} | {f"factor: {name} %": (share, 100) for name, share in PUBLISHED_FACTORS.values()}
# Figures that the city's causes do not quite meet, where they stray.
_TWO_CITIES = (
    "England's: the city's children in need are set to Bristol's, who miss a quarter more than England's (21.8 to"
    " 17.4%), and their brothers, sisters and friends have the same causes"
)
_STEEP = (
    "England's: so many persistent among so little absence needs illnesses of a week, which the city does not have,"
    " for its sessions are missed one by one"
)
_FEW_BETWEEN = (
    "absence overall and severe absence are right: too many of the others miss almost as little as their classmates,"
    " for illness of a week is not in the city"
)
_NETWORKS = (
    "children of one network are in trouble together, so that chance moves it by more than single children would"
)
EXPLAINED = {
    "factor: gangs %": _NETWORKS,
    "absence, all pupils, autumn % (England)": _TWO_CITIES,
    "absence, free school meals % (England)": _TWO_CITIES,
    "persistent absence, all pupils, autumn % (England)": _STEEP,
    "persistent absence, no free school meals % (England)": _STEEP,
    "persistent absence, in need %": _FEW_BETWEEN,
    "persistent absence, protection plan %": _FEW_BETWEEN,
}
