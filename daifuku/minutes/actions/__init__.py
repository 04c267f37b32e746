"""The verbs of minutes: written, made into tasks and plans, drafted; their templates changed."""

from daifuku.minutes.actions.accepting import accept, accept_many
from daifuku.minutes.actions.changing import change_template
from daifuku.minutes.actions.drafting import drop_draft, keep_draft
from daifuku.minutes.actions.proposing import apply_proposal
from daifuku.minutes.actions.writing import rewrite, write

__all__ = [
    "accept",
    "accept_many",
    "apply_proposal",
    "change_template",
    "drop_draft",
    "keep_draft",
    "rewrite",
    "write",
]
