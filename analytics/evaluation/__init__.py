"""How good a way of ranking is: labels, figures with their intervals, groups and baselines."""
