"""Every model that is declared, here and by the council itself, by name: those of risk, and those of benefit."""

from analytics.models.spec import gather
from analytics.models.specs.care import CARE
from analytics.models.specs.cce import CCE
from analytics.models.specs.cse import CSE
from analytics.models.specs.neet import NEET
from analytics.models.specs.parenting import PARENTING
from analytics.models.uplift_spec import UpliftSpec, by_name
from data import local

_OWN = tuple(module.MODEL for module in local.modules("models"))
SPECS = gather([CSE, CCE, NEET, CARE, *(spec for spec in _OWN if not isinstance(spec, UpliftSpec))])
#: Who would benefit from an offer; not who is at risk.
UPLIFTS = by_name([PARENTING, *(spec for spec in _OWN if isinstance(spec, UpliftSpec))], taken=SPECS)
#: The one whose numbers and known cases the pages show.
MODEL = CSE.name


def declared_at(name: str) -> int:
    """A model's place in the order in which models are declared; one that is declared no more comes last."""
    every = (*SPECS, *UPLIFTS)
    return every.index(name) if name in every else len(every)
