"""The order of the ledger: by transaction, then by number. On PostgreSQL a later transaction may have smaller numbers.

On SQLite every line bears the same transaction, and an index that ends with the row's own key is walked from the first
row of a transaction: among four million lines that took half a second for the next five hundred. So there the
transaction is named and the number alone compared.
"""

from __future__ import annotations

from typing import Any

from daifuku.foundation.sql.keyset import RowsAfter


class Lines(RowsAfter):
    """PostgreSQL: `("txid", "id") > (7, 300)`; SQLite: `"txid" = 0 AND "id" > 300`."""

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        (txid, _none), (number, _none) = (compiler.compile(each) for each in self.source_expressions)
        return f"({txid} = %s AND {number} {'<' if self.before else '>'} %s)", list(self.values)


def behind(txid: int, number: int) -> Lines:
    """Lines that stand behind this one."""
    return Lines("txid", "id", values=(txid, number))


def up_to(txid: int, number: int) -> Lines:
    """This line and those before it."""
    return Lines("txid", "id", values=(txid, number + 1), before=True)
