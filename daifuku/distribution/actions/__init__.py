"""The verbs of this room."""

from daifuku.distribution.actions.distributing import Outcome, distribute
from daifuku.distribution.actions.ruling import add_rule, edit_rule, order_rules, remove_rule
from daifuku.distribution.actions.settling import edit_setup, keep_taker

__all__ = [
    "Outcome", "add_rule", "distribute", "edit_rule", "edit_setup", "keep_taker", "order_rules", "remove_rule",
]  # fmt: skip
