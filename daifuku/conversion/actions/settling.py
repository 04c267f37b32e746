"""The administrator settles how trading begins: what is made, whose it is, what follows, who may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion import carrying
from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import BranchWay, DealWay, OwnerWay, PrivateWay
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.staff.actions.changes import check_version, old_values, put
from daifuku.staff.actions.cleaning import clean_all, one_of, text, truth
from daifuku.staff.models import Person, Role


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays. Raises Invalid, Stale, Forbidden."""
    need_settings(by)
    values = clean_all(changes, CLEANERS)
    with ledger.writing():
        row = _held()
        check_version(row, version)
        done = put(row, values)
        if not done and undoes is None:
            return row
        row.version += 1
        row.save()
        if "leads" in done:
            vocabulary.changed()
        ledger.record("conversion.setup_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_setup(event: Event, by: Person) -> Undone:
    edit_setup(old_values(event, _held()), by=by, undoes=event)
    return Undone(1)


def _held() -> Setup:
    Setup.objects.get_or_create(pk=1)
    return Setup.objects.select_for_update().get(pk=1)


def _roles(raw: Any) -> list[str]:
    known = set(Role.objects.values_list("key", flat=True))
    wanted = sorted({str(each) for each in raw or ()})
    if not set(wanted) <= known:
        raise ValueError(_("役割を一覧から選んでください。"))
    return wanted


def _carry(raw: Any) -> dict[str, str]:
    """What is not named goes the usual way."""
    kinds = {kind.key: kind for kind in carrying.every()}
    if not isinstance(raw, Mapping) or any(
        key not in kinds or word not in kinds[key].choices for key, word in raw.items()
    ):
        raise ValueError(_("行き先を選択肢から選んでください。"))
    return {key: str(word) for key, word in raw.items() if word != kinds[key].usual}


CLEANERS = {
    "on": truth, "leads": truth, "deal": one_of(DealWay.values), "deal_ticked": truth,
    "deal_name": text(200, required=True), "owner": one_of(OwnerWay.values), "owner_open": truth,
    "private": one_of(PrivateWay.values), "branches": one_of(BranchWay.values), "roles": _roles, "carry": _carry,
}  # fmt: skip
