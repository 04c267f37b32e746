"""The verbs of quotes."""

from daifuku.quotes.actions.answering import accept_by_order, answer_by_link, record_answer
from daifuku.quotes.actions.approving import approve, ask, send_back, withdraw
from daifuku.quotes.actions.issuing import copy, issue, revise, void
from daifuku.quotes.actions.policy import edit_policy
from daifuku.quotes.actions.sending import open_link, revoke, send

__all__ = [
    "accept_by_order", "answer_by_link", "approve", "ask", "copy", "edit_policy", "issue", "open_link",
    "record_answer", "revise", "revoke", "send", "send_back", "void", "withdraw",
]  # fmt: skip
