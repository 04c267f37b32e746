"""The verbs of this room."""

from daifuku.distribution.actions.distributing import Outcome, distribute
from daifuku.distribution.actions.settling import (
    add_rule,
    edit_rule,
    edit_setup,
    keep_taker,
    order_rules,
    remove_rule,
)

__all__ = [
    "Outcome", "add_rule", "distribute", "edit_rule", "edit_setup", "keep_taker", "order_rules", "remove_rule",
]  # fmt: skip
