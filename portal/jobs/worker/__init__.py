"""The worker: a supervisor and a process for each lane."""
