"""Orders with their lines; what is bought for them, and what was delivered."""

from daifuku.orders.models.delivery import Delivery, DeliveryLine
from daifuku.orders.models.order import Order
from daifuku.orders.models.order_line import OrderLine
from daifuku.orders.models.purchase import Arrival, Purchase, PurchaseLine

__all__ = ["Arrival", "Delivery", "DeliveryLine", "Order", "OrderLine", "Purchase", "PurchaseLine"]
