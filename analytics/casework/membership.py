"""Which family a person is said to belong to, of the several they may have lived in."""

from __future__ import annotations

from data.snapshot.reading import derived

_CALLED = """
SELECT person, max_by(f.name, (m."to" IS NULL, m."from")) AS family_name
FROM family_member m JOIN family f USING (family) GROUP BY person ORDER BY person
"""

#: A select of ``person, family_name`` for the people of ``{people}`` (a select): where they are now, else were last.
FAMILY_OF = f"SELECT person, family_name FROM {derived('family_called', _CALLED)} WHERE person IN ({{people}})"
