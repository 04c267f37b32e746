"""The rows of the phone: the wordings that a firm has made its own."""

from daifuku.phone.models.wording import Wording

__all__ = ["Wording"]
