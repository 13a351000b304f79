"""The same steps taken in the model and in the product, and everything compared that is to be seen."""
