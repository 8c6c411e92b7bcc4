"""Every model that is declared, here and by the council itself, by name."""

from analytics.models.spec import gather
from analytics.models.specs.cse import CSE
from data import local

SPECS = gather([CSE, *(module.MODEL for module in local.modules("models"))])
#: The one whose numbers and known cases the pages show.
MODEL = CSE.name
