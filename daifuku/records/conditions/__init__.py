"""One condition language for lists, views, quick filters, segments, rules and the API: the same JSON, the same SQL, the
same answer in memory, the same sentence."""

from daifuku.records.conditions.offering import Offered, offered
from daifuku.records.conditions.operator import Asked, Operator
from daifuku.records.conditions.parsing import parse, parse_leniently
from daifuku.records.conditions.tree import Condition

__all__ = ["Asked", "Condition", "Offered", "Operator", "offered", "parse", "parse_leniently"]
