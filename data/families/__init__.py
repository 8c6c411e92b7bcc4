"""Who lives with whom, who is kin, and which families follow, each with its dates.

``households`` finds who lived at one property when; ``relationships`` joins that with what the sources say and with
what follows from it (children of one parent are siblings); ``family`` groups children with those who bring them up;
``settle`` rewrites everything that was staged for an agency's client to the person it turned out to be. ``find`` runs
them in order, after ``data.linkage.link``; intermediate tables live in the schema ``families``.
"""
