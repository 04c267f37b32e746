"""The rows of this room: how the firm begins trading, what goes where, what was made of which lead."""

from daifuku.conversion.models.conversion import Conversion
from daifuku.conversion.models.mapping import Mapping
from daifuku.conversion.models.result import Result
from daifuku.conversion.models.setup import Setup

__all__ = ["Conversion", "Mapping", "Result", "Setup"]
