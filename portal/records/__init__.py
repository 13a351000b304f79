"""Records of a case: what was found, what of it is withheld, and the copies that are handed over.

A room for every kind of case: an app says in its AppConfig.ready() who works here and what is sealed (`rooms`).
See docs/adr/0018.
"""
