"""The only place that spells differences between SQLite and PostgreSQL."""

from daifuku.foundation.sql.collation import Binary, Sorted
from daifuku.foundation.sql.jsonpath import JsonNumber, JsonText
from daifuku.foundation.sql.transaction import write_transaction
from daifuku.foundation.sql.txid import TransactionId, all_committed_below

__all__ = [
    "Binary",
    "JsonNumber",
    "JsonText",
    "Sorted",
    "TransactionId",
    "all_committed_below",
    "write_transaction",
]
