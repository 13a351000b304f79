"""The product as the oracle drives it, and what there is to be seen. Nothing outside this folder imports the product."""

from tests.oracle.product.people import Cast
from tests.oracle.product.request import Product
from tests.oracle.product.verbs import VERBS
from tests.oracle.product.views import Seen

__all__ = ["VERBS", "Cast", "Product", "Seen"]
