"""The lead professional's questions: find a person, understand them, see who is like them and who may need help."""
