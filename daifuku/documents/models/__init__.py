"""The rows of papers: who issues them, how far their numbers have come, and what was issued."""

from daifuku.documents.models.issuer import Issuer
from daifuku.documents.models.line import Line
from daifuku.documents.models.paper import Paper
from daifuku.documents.models.sealed import Sealed
from daifuku.documents.models.series import Series

__all__ = ["Issuer", "Line", "Paper", "Sealed", "Series"]
