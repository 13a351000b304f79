"""Forms of disclosure on application: the citizen's steps and the unit's verbs."""
