"""The rows of quotes: the paper with its versions, who approved it, the links that customers answer by, the
firm's rules."""

from daifuku.quotes.models.approval import Approval
from daifuku.quotes.models.link import Link
from daifuku.quotes.models.policy import Policy
from daifuku.quotes.models.quote import Quote

__all__ = ["Approval", "Link", "Policy", "Quote"]
