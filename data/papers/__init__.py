"""Papers that a council needs before agencies share: register of sources, privacy notice, an agreement for each agency.

All of them are written from the declarations, so that they say what the software does and nothing else.
"""

from data.papers.listing import owners, register
from data.papers.privacy import notice
from data.papers.sharing import agreement

__all__ = ["agreement", "notice", "owners", "register"]
