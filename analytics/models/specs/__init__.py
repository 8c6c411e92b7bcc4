"""Every model that is declared, by name."""

from analytics.models.spec import gather
from analytics.models.specs.cse import CSE

SPECS = gather([CSE])
