"""A corpus of mails of our own making, with what is to become of each."""
