"""How an attempt at an import ends: whole, or because the person wanted it to stop."""

from __future__ import annotations

from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.transfers.models import Import


def end(imported: Import, *, whole: bool) -> Import:
    imported.state = Import.State.DONE if whole else Import.State.CANCELLED
    imported.finished_at = moment()
    with ledger.writing():
        imported.save(update_fields=["state", "finished_at"])
    return imported
