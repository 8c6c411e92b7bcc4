"""Is a model good always, or only on the day it was measured: other dates, fewer cases, other months, a source less."""
