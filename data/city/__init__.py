"""The invented city: lives month by month, what each agency notices of them, and the files that it would send."""
