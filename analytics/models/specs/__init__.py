"""Every model that is declared, here and by the council itself, by name."""

from analytics.models.spec import gather
from analytics.models.specs.care import CARE
from analytics.models.specs.cce import CCE
from analytics.models.specs.cse import CSE
from analytics.models.specs.neet import NEET
from data import local

SPECS = gather([CSE, CCE, NEET, CARE, *(module.MODEL for module in local.modules("models"))])
#: The one whose numbers and known cases the pages show.
MODEL = CSE.name
