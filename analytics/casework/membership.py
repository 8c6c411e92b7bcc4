"""Which family a person is said to belong to, of the several they may have lived in."""

from __future__ import annotations

#: A select of ``person, family_name`` for the people of ``{people}`` (a select): where they are now, else were last.
FAMILY_OF = """
SELECT person, max_by(f.name, (m."to" IS NULL, m."from")) AS family_name
FROM family_member m JOIN family f USING (family)
WHERE person IN ({people})
GROUP BY person
"""
