"""Official code sets, typed from the published lists, with labels short enough for a screen."""

from __future__ import annotations

from data.contacts import OUTCOMES
from data.schema import Codes

SEX = Codes(
    "sex", {"M": "male", "F": "female", "U": "not known"},
    {"1": "M", "2": "F", "0": "U", "9": "U", "Male": "M", "Female": "F", "Not stated/recorded": "U", "Neither": "U",
     "Not stated/recorded (or unborn)": "U", "Not stated / recorded (or unborn)": "U", "Not stated / recorded": "U", "Not known": "U",
     "Not recorded": "U", "Not specified": "U", "Unknown": "U", "Unborn": "U", "Indeterminate": "U", "I": "U", "Male / d) Neither": "M"},
)  # fmt: skip
ETHNICITY = Codes(
    "ethnicity",
    {
        "WBRI": "White British", "WIRI": "White Irish", "WIRT": "Traveller of Irish heritage", "WOTH": "other White",
        "WROM": "Gypsy or Roma", "MWBC": "White and Black Caribbean", "MWBA": "White and Black African",
        "MWAS": "White and Asian", "MOTH": "other mixed", "AIND": "Indian", "APKN": "Pakistani", "ABAN": "Bangladeshi",
        "AOTH": "other Asian", "BCRB": "Black Caribbean", "BAFR": "Black African", "BOTH": "other Black",
        "CHNE": "Chinese", "OOTH": "other", "REFU": "refused", "NOBT": "not obtained",
    },
)  # fmt: skip
ETHNIC_GROUPS = {"W": "White", "M": "Mixed", "A": "Asian", "C": "Asian", "B": "Black", "O": "Other"}
UPN_UNKNOWN = Codes(
    "reason for no UPN",
    {"UN1": "under school age", "UN2": "born elsewhere", "UN3": "not yet assigned", "UN4": "not known yet",
     "UN5": "sources disagree", "UN6": "looked after elsewhere", "UN7": "educated outside England"},
)  # fmt: skip
REFERRAL_SOURCE = Codes(
    "referral source",
    {
        "1A": "family member", "1B": "acquaintance", "1C": "the child", "1D": "another person", "2A": "school",
        "2B": "education service", "3A": "GP", "3B": "health visitor", "3C": "school nurse", "3D": "other primary health",
        "3E": "emergency department", "3F": "other health service", "4": "housing", "5A": "adult social care",
        "5B": "another council service", "5C": "another council", "5D": "early help", "6": "police",
        "7": "courts, probation or other legal agency", "8": "voluntary or other agency", "9": "anonymous", "10": "not known",
    },
)  # fmt: skip
NEED = Codes(
    "need",
    {"N0": "not stated", "N1": "abuse, neglect or exploitation", "N2": "disability", "N3": "parental illness or disability",
     "N4": "family in acute stress", "N5": "family dysfunction", "N6": "behaviour", "N7": "low income", "N8": "absent parenting",
     "N9": "not in need"},
)  # fmt: skip
CLOSURE = Codes(
    "reason for closure",
    {"RC1": "adopted", "RC2": "died", "RC3": "child arrangements order", "RC4": "special guardianship order",
     "RC5": "moved to another council", "RC6": "moved to adult services", "RC7": "no longer in need",
     "RC8": "no further action after assessment", "RC9": "to early help after assessment"},
)  # fmt: skip
ABUSE = Codes(
    "category of abuse",
    {"NEG": "neglect", "PHY": "physical abuse", "SAB": "sexual abuse", "EMO": "emotional abuse", "MUL": "more than one kind"},
    {"Neglect": "NEG", "Physical abuse": "PHY", "Sexual abuse": "SAB", "Emotional abuse": "EMO", "Multiple": "MUL"},
)  # fmt: skip
DISABILITY = Codes(
    "disability",
    {"NONE": "none", "MOB": "mobility", "HAND": "hand function", "PC": "personal care", "INC": "incontinence",
     "COMM": "communication", "LD": "learning", "HEAR": "hearing", "VIS": "vision", "BEH": "behaviour",
     "CON": "consciousness", "AUT": "autism", "DDA": "other"},
)  # fmt: skip
_WHOSE = {"A": "the child", "B": "a parent or carer", "C": "someone else at home"}
FACTOR = Codes(
    "assessment factor",
    {
        f"{number}{letter}": f"{what}: {who}"
        for number, what in enumerate(
            ["alcohol", "drugs", "domestic abuse", "mental health", "learning disability", "physical disability or illness"], 1
        )
        for letter, who in _WHOSE.items()
    }
    | {
        "7A": "young carer", "8A": "privately fostered, from overseas (retired code)", "8B": "privately fostered, from overseas to settle", "8C": "privately fostered, from overseas to return",
        "8D": "privately fostered, for education", "8E": "privately fostered, UK child", "8F": "privately fostered, other",
        "9A": "unaccompanied asylum-seeking child", "10A": "going missing", "11A": "child sexual exploitation", "12A": "trafficking",
        "13A": "gangs", "14A": "socially unacceptable behaviour", "15A": "self-harm", "16A": "neglect", "17A": "emotional abuse",
        "18A": "physical abuse (retired code)", "18B": "physical abuse by a child", "18C": "physical abuse by an adult",
        "19A": "sexual abuse (retired code)", "19B": "sexual abuse by a child", "19C": "sexual abuse by an adult", "20": "other",
        "21": "no factor", "22A": "female genital mutilation", "23A": "abuse linked to faith or belief", "24A": "child criminal exploitation",
    },
)  # fmt: skip
LEGAL_STATUS = Codes(
    "legal status",
    {"C1": "interim care order", "C2": "full care order", "D1": "freeing order", "E1": "placement order",
     "V2": "voluntary (section 20)", "V3": "short break", "V4": "short breaks, several", "L1": "police protection",
     "L2": "emergency protection order", "L3": "child assessment order", "J1": "remand", "J2": "PACE detention",
     "J3": "youth rehabilitation order with residence"},
)  # fmt: skip
PLACEMENT = Codes(
    "placement",
    {
        "A3": "with adopters, foster carers", "A4": "with adopters, not foster carers", "A5": "with adopters by consent",
        "A6": "with adopters", "H5": "semi-independent", "K1": "secure children's home", "K2": "children's home",
        "K3": "semi-independent (not a children's home)", "P1": "with parents", "P2": "independent living",
        "P3": "employed, living in", "R1": "residential care home", "R2": "health placement", "R3": "family centre",
        "R5": "young offender institution", "S1": "residential school", "T0": "temporary", "T1": "in hospital", "T2": "on holiday",
        "T3": "carer on holiday", "T4": "temporary, other", "U1": "foster care with relatives, long term",
        "U2": "foster care with relatives, to adopt", "U3": "foster care with relatives", "U4": "foster care, long term",
        "U5": "foster care, to adopt", "U6": "foster care", "Z1": "other", "Z11": "other, supported living",
        "Z12": "other, crisis", "Z13": "other, unregistered", "Z14": "other, short term",
    },
)  # fmt: skip
PROVIDER = Codes(
    "provider",
    {"PR0": "parent or other", "PR1": "own", "PR2": "another council", "PR3": "other public", "PR4": "private", "PR5": "voluntary"},
)  # fmt: skip
EPISODE_START = Codes(
    "reason for new episode",
    {"S": "started to be looked after", "L": "legal status changed", "P": "placement changed", "T": "both changed",
     "U": "carer changed", "B": "all changed"},
)  # fmt: skip
EPISODE_END = Codes(
    "reason episode ended",
    {"X1": "another episode began", "E2": "died", "E3": "care taken over elsewhere", "E4A": "returned home, planned",
     "E4B": "returned home, unplanned", "E5": "independent living, supported", "E6": "independent living, not supported",
     "E7": "adult social services", "E8": "ceased, other", "E9": "custody", "E11": "adopted", "E12": "adopted, consent dispensed",
     "E13": "order lapsed", "E14": "accommodation on remand ended", "E15": "age determined over 18", "E16": "moved abroad",
     "E17": "aged out", "E43": "special guardianship, carers (retired code)", "E44": "special guardianship, others (retired code)", "E41": "residence order", "E45": "special guardianship, carers", "E46": "special guardianship, others",
     "E47": "special guardianship, relatives", "E48": "special guardianship, other"},
)  # fmt: skip
PLACE_CHANGE = Codes(
    "reason for placement change",
    {"CARPL": "care plan", "CLOSE": "placement closed", "ALLEG": "allegation", "STAND": "standards", "APPRR": "approval removed",
     "CREQB": "carer asked, behaviour", "CREQO": "carer asked, other", "CHILD": "child asked", "LAREQ": "council asked",
     "PLACE": "provider asked", "CUSTOD": "custody", "OTHER": "other"},
)  # fmt: skip
EXCLUSION = Codes(
    "kind of exclusion", {"PERM": "permanent", "SUSP": "suspension", "LNCH": "lunchtime"}, {"FIXD": "SUSP"},
)  # fmt: skip
EXCLUSION_REASON = Codes(
    "reason for exclusion",
    {"PP": "assault on a pupil", "PA": "assault on an adult", "VP": "threats to a pupil", "VA": "threats to an adult",
     "BU": "bullying", "RA": "racist abuse", "LG": "abuse over sexual orientation", "DS": "abuse over disability",
     "SM": "sexual misconduct", "DA": "drugs or alcohol", "DM": "damage", "TH": "theft", "DB": "disruptive behaviour",
     "MT": "misuse of social media", "OW": "weapon", "PH": "public health", "OT": "other"},
)  # fmt: skip
SEN_PROVISION = Codes(
    "special needs provision",
    {"N": "none", "K": "support", "E": "education, health and care plan"}, {"S": "E", "A": "K", "P": "K"},
)  # fmt: skip
ABSENCE = Codes(
    "absence reason",
    {"C": "leave of absence", "C1": "regulated performance", "C2": "part-time timetable", "E": "excluded", "G": "holiday not agreed",
     "H": "holiday agreed", "I": "illness", "J": "interview", "J1": "job interview", "K": "council arranged education", "M": "medical",
     "N": "no reason yet", "O": "unauthorised", "Q": "no transport", "R": "religious observance", "S": "study leave",
     "T": "travelling", "U": "late after register closed", "X": "not required", "Y": "unable to attend", "Z": "not on roll", "#": "school closed",
     "Y1": "transport unavailable", "Y2": "travel disrupted", "Y3": "part of school closed", "Y4": "school closed", "Y5": "custody",
     "Y6": "public health", "Y7": "other unavoidable cause", "/": "present, morning", "\\": "present, afternoon", "B": "off site",
     "D": "registered at two schools", "F": "holiday agreed (retired code)", "L": "late", "P": "sport", "V": "visit or trip",
     "W": "work experience"},
)  # fmt: skip
OFFENCE = Codes(
    "offence group",
    {"violence": "violence", "sexual": "sexual offence", "robbery": "robbery", "theft": "theft", "burglary": "burglary",
     "vehicle": "vehicle crime", "damage": "criminal damage", "drugs": "drugs", "supply": "drug supply", "weapons": "weapons",
     "order": "public order", "online": "online or image offence", "other": "other"},
)  # fmt: skip
DASH = Codes("risk grade", {"1": "standard", "2": "medium", "3": "high"}, {"standard": "1", "medium": "2", "high": "3"})
CONTACT_REASON = Codes(
    "reason for contact",
    {"domestic": "domestic abuse", "neglect": "neglect", "physical": "physical harm", "sexual": "sexual harm",
     "emotional": "emotional harm", "exploitation": "possible exploitation", "missing": "going missing",
     "mental_health": "mental health", "substance": "alcohol or drugs", "behaviour": "behaviour", "school": "school attendance",
     "housing": "housing or money", "disability": "disability", "adult_care": "care of an adult", "other": "other"},
)  # fmt: skip
CONTACT_OUTCOME = Codes("outcome of contact", {one.code: one.words for one in OUTCOMES})
CHECKS_FOUND = Codes(
    "what the agencies asked had to tell", {"nothing": "nothing of note", "concern": "something of concern"}
)
SEN_NEED = Codes(
    "special need",
    {"SPLD": "specific learning difficulty", "MLD": "moderate learning difficulty", "SLD": "severe learning difficulty",
     "PMLD": "profound and multiple learning difficulty", "SEMH": "social, emotional and mental health",
     "SLCN": "speech, language and communication", "HI": "hearing", "VI": "vision", "MSI": "hearing and vision", "PD": "physical disability",
     "ASD": "autism", "OTH": "other"},
)  # fmt: skip
ADULT_ABUSE = Codes(
    "kind of harm to an adult",
    {"physical": "physical harm", "sexual": "sexual harm", "psychological": "psychological harm", "financial": "financial harm",
     "discriminatory": "discriminatory harm", "organisational": "poor care by an organisation", "neglect": "neglect",
     "domestic": "domestic abuse", "exploitation": "sexual exploitation", "slavery": "modern slavery", "self_neglect": "self-neglect"},
)  # fmt: skip
