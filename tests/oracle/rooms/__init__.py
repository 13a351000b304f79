"""The other rooms, as the folder above does it for requests: letters, items, consultations, polls, orders, hearings.

Each room has a `model.py` (what the rules say, written from the rule book and the founding text, knowing no code), a `product.py` (the
public actions, queries and pages) and a `draws.py` (what is tried). `frame.py` takes the same steps in both and compares.
"""
