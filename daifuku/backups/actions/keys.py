"""A new recovery key: without one nothing is backed up, with it alone a backup opens."""

from __future__ import annotations

import pyrage

from daifuku.backups.models import RecoveryKey
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.staff.actions import rights
from daifuku.staff.models import Person


def make_key(*, by: Person | None) -> str:
    """Returns the half that opens. It is kept nowhere: whoever asked writes it down. None: from the terminal.

    Needs the power "settings". Raises Forbidden.
    """
    if by is not None:
        rights.need(by, "settings")
    identity = pyrage.x25519.Identity.generate()
    with ledger.writing():
        key = RecoveryKey.objects.create(recipient=str(identity.to_public()), made_at=moment(), made_by=by)
        ledger.record("backup.key_made", by=by, data={"key": key.short})
    return str(identity)


def current_key() -> RecoveryKey | None:
    return RecoveryKey.objects.first()
