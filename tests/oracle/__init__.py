"""A second understanding of disclosure on application, written from the rules alone, and the product driven beside it.

`model/` knows no code of the product: it was written from the rule book, the founding text and ADR 16. `product.py` is
the only file here that imports the product; `driver/` takes the same steps in both and compares what is to be seen.
"""
