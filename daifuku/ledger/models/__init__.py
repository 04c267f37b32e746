"""The tables of the ledger."""

from daifuku.ledger.models.delivery import Cursor, Delivery
from daifuku.ledger.models.event import Event, Subject
from daifuku.ledger.models.idempotency import IdempotentRequest
from daifuku.ledger.models.readmark import ReadMark
from daifuku.ledger.models.seal import Seal

__all__ = ["Cursor", "Delivery", "Event", "IdempotentRequest", "ReadMark", "Seal", "Subject"]
