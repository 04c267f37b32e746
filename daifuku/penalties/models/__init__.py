"""The ledger of 入力漏れ: its terms, what was noted, who agreed to what, what was paid."""

from daifuku.penalties.models.consent import Consent
from daifuku.penalties.models.entry import Entry, EntryKind, EntryState
from daifuku.penalties.models.payment import Payment
from daifuku.penalties.models.terms import Mode, Terms
from daifuku.penalties.models.wage import Wage

__all__ = ["Consent", "Entry", "EntryKind", "EntryState", "Mode", "Payment", "Terms", "Wage"]
