"""The verbs of minutes: written, made into tasks and plans, drafted; their templates changed."""

from daifuku.minutes.actions.accepting import accept
from daifuku.minutes.actions.changing import change_template
from daifuku.minutes.actions.drafting import drop_draft, keep_draft
from daifuku.minutes.actions.writing import rewrite, write

__all__ = ["accept", "change_template", "drop_draft", "keep_draft", "rewrite", "write"]
