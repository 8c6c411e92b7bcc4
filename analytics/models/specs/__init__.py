"""Every model that is declared, by name."""

from analytics.models.spec import gather
from analytics.models.specs.cse import CSE

SPECS = gather([CSE])
#: The one whose numbers and known cases the pages show.
MODEL = CSE.name
