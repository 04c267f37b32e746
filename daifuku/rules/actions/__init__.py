"""The verbs of rules: made, changed, switched, removed; the book written, published, read."""

from daifuku.rules.actions.book import publish_book, remind, write_book
from daifuku.rules.actions.installing import install_shipped
from daifuku.rules.actions.reading import confirm_book
from daifuku.rules.actions.rules import create_rule, edit_rule, remove_rule, restore_rule, switch_rule

__all__ = [
    "confirm_book",
    "create_rule",
    "edit_rule",
    "install_shipped",
    "publish_book",
    "remind",
    "remove_rule",
    "restore_rule",
    "switch_rule",
    "write_book",
]
