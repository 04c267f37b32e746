"""Goods and what they cost for whom."""

from daifuku.catalog.models.price import Price
from daifuku.catalog.models.product import Product

__all__ = ["Price", "Product"]
