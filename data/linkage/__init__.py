"""Which agencies' clients are the same person.

Thirty agencies write the same child down in thirty ways. Here is how their clients become people:

1. ``cleaning`` makes one tidy table of every distinct way in which a client was written down: names without accents
   and case, birth dates that can be true, postcodes, identifiers whose check digit is right.
2. ``exact`` links clients by NHS number, pupil number or National Insurance number, and those written down alike at
   one address. A number alone is not enough: whoever shares it must not differ in both name and birth date, and twins
   whose numbers were swapped stay apart.
3. ``nodes`` folds the clients that are linked so far into *entities* and lists the distinct names and birth dates of
   each with all its addresses (21 school censuses that say the same cost nothing).
4. ``blocking`` proposes pairs of nodes that share something, ``settings`` says how two nodes are compared, ``predict``
   has Splink weigh them (Fellegi and Sunter's model), with parameters from ``train`` kept as a JSON artefact.
5. ``join`` clusters entities from the strongest link down and refuses whatever would put two NHS numbers, twins, two
   identities that contradict each other, or a pair that must never be linked (``apart``) into one person.
6. ``decisions`` brings in what reviewers and earlier builds decided, ``persist`` gives a person the number of the
   previous snapshot, ``identity`` chooses the name, birth date and address shown, ``write`` leaves the links and the
   uncertain pairs, ``tell`` how pairs weighed, ``quality`` compares with the truth where there is one.

``link`` runs them in order; ``incremental`` runs them for a day's new records alone; ``file`` links any table of
people. Intermediate tables live in the schema ``linkage``, each under a name of its own; ``person``, ``person_link``
and ``link_pair`` are written as ``data.snapshot.tables`` declares them.
"""
