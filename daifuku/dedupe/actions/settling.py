"""The administrator settles how doubles are looked for: thresholds, fields, offices, whether to learn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.dedupe.models import Setup
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.powers import need_settings
from daifuku.staff.actions.changes import check_version, old_values, put
from daifuku.staff.actions.cleaning import Cleaner, clean_all, truth
from daifuku.staff.models import Person

THRESHOLDS = ("firm_sure", "firm_perhaps", "person_sure", "person_perhaps")
LEAST, MOST = -20.0, 40.0
# What may be left out of the comparison, as it is kept.
MAY_LEAVE_OUT = (
    *(f"firm.{field}" for field in ("phone", "mail", "site", "number", "head", "form", "office")),
    *(f"person.{field}" for field in ("firm", "mobile", "phone", "mail", "site", "born", "kana")),
)


def _points(raw: Any) -> float:
    try:
        found = float(str(raw).strip())
    except ValueError:
        found = float("nan")
    if not LEAST <= found <= MOST:
        raise ValueError(_("-20から40までの数で入力してください。"))
    return round(found, 1)


def _left_out(raw: Any) -> list[str]:
    wanted = set(raw or ())
    if not wanted <= set(MAY_LEAVE_OUT):
        raise ValueError(_("項目を一覧から選んでください。"))
    return sorted(wanted)


OF_SETUP: dict[str, Cleaner] = {
    **dict.fromkeys(THRESHOLDS, _points), "left_out": _left_out, "offices_apart": truth, "learn": truth,
}  # fmt: skip


def held_setup() -> Setup:
    """The settings, held until the transaction ends."""
    Setup.objects.get_or_create(pk=1)
    return Setup.objects.select_for_update().get(pk=1)


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays. Raises Invalid, Stale, Forbidden."""
    need_settings(by)
    values = clean_all(changes, OF_SETUP)
    with ledger.writing():
        row = held_setup()
        check_version(row, version)
        done = put(row, values)
        for way, sure, perhaps in (
            ("firm", row.firm_sure, row.firm_perhaps),
            ("person", row.person_sure, row.person_perhaps),
        ):
            if sure < perhaps:
                sentence = _("「確実」の点数は「候補」の点数以上にしてください。")
                raise Invalid([FieldProblem(f"{way}_sure", sentence, code="order")])
        if done or undoes is not None:
            row.version += 1
            row.save()
            ledger.record("dedupe.setup_changed", by=by, data={"changes": done}, undoes=undoes)
    return row


def undo_setup(event: Event, by: Person) -> Undone:
    row = Setup.objects.order_by("pk").first() or Setup()
    edit_setup(old_values(event, row), by=by, undoes=event)
    return Undone(1)
