"""The order of the ledger: by transaction, then by number. On PostgreSQL a later transaction may have smaller numbers.

The conditions walk the index on both columns. On SQLite every line bears the same transaction: a condition on one
column after the other would read millions of lines to find the last one.
"""

from __future__ import annotations

from daifuku.foundation.sql.keyset import RowsAfter


def behind(txid: int, number: int) -> RowsAfter:
    """Lines that stand behind this one."""
    return RowsAfter("txid", "id", values=(txid, number))


def up_to(txid: int, number: int) -> RowsAfter:
    """This line and those before it."""
    return RowsAfter("txid", "id", values=(txid, number + 1), before=True)
