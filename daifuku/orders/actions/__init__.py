"""What is done with orders: entered with their lines, confirmed, cancelled, bought for, delivered."""

from daifuku.orders.actions.cancelling import cancel, uncancel
from daifuku.orders.actions.confirming import confirm
from daifuku.orders.actions.delivering import deliver, take_back
from daifuku.orders.actions.entering import change_lines, enter
from daifuku.orders.actions.purchasing import arrive, buy, cancel_purchase

__all__ = [
    "arrive",
    "buy",
    "cancel",
    "cancel_purchase",
    "change_lines",
    "confirm",
    "deliver",
    "enter",
    "take_back",
    "uncancel",
]
