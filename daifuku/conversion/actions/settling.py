"""The administrator settles how trading begins: what is made, whose it is, what follows, who may."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion import carrying
from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import BranchWay, DealWay, DoubleWay, OwnerWay, PrivateWay, setup
from daifuku.distribution.actions.cleaning import clean_condition
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import settle, settle_back
from daifuku.records.catalogue import vocabulary
from daifuku.staff.actions.changes import Changes
from daifuku.staff.actions.cleaning import one_of, text, truth
from daifuku.staff.models import Person, Role


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays. Raises Invalid, Stale, Forbidden."""
    kind = "conversion.setup_changed"
    return settle(Setup, changes, CLEANERS, kind, by=by, version=version, undoes=undoes, check=_follow)


def undo_setup(event: Event, by: Person) -> Undone:
    return settle_back(event, setup(), edit_setup, by)


def _follow(row: Setup, done: Changes) -> None:
    if "leads" in done:
        vocabulary.changed()
    if "automatic" in done:
        row.since = moment() if row.automatic else None


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
    "doubles": one_of(DoubleWay.values), "automatic": truth, "condition": clean_condition,
}  # fmt: skip
