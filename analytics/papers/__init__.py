"""A model's papers: its card, its transparency record (ATRS) and an annex for the impact assessment (DPIA).

Written from the declarations and the measured figures alone. What is not known is said to be not known; what only a
council can say is left to it, and marked.
"""
