"""The verbs of the ledger of 入力漏れ."""

from daifuku.penalties.actions.consenting import consent, take_back_consent
from daifuku.penalties.actions.deciding import decide, object_to, waive
from daifuku.penalties.actions.entering import enter_clean_weeks, enter_misses, reconcile
from daifuku.penalties.actions.paying import cancel_payment, record_payment
from daifuku.penalties.actions.terms import edit_terms
from daifuku.penalties.actions.wages import set_wage

__all__ = [
    "cancel_payment",
    "consent",
    "decide",
    "edit_terms",
    "enter_clean_weeks",
    "enter_misses",
    "object_to",
    "reconcile",
    "record_payment",
    "set_wage",
    "take_back_consent",
    "waive",
]
