"""A run of its own in which a request has one personal field more, declared on the model and nowhere else."""
