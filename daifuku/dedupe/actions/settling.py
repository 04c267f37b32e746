"""The administrator settles how doubles are looked for: thresholds, fields, offices, whether to learn."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.dedupe.models import Setup, Way, setup
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records.actions.settling import settle, settle_back
from daifuku.staff.actions.changes import Changes
from daifuku.staff.actions.cleaning import Cleaner, clean_all, truth
from daifuku.staff.models import Person

THRESHOLDS = ("firm_sure", "firm_perhaps", "person_sure", "person_perhaps")
LEAST, MOST = -20.0, 40.0
# What may be left out of the comparison, as it is kept.
MAY_LEAVE_OUT = (
    *(f"firm.{field}" for field in ("phone", "mail", "site", "number", "head", "form", "office")),
    *(f"person.{field}" for field in ("firm", "mobile", "phone", "mail", "site", "born", "kana")),
)


def points(raw: Any) -> float:
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
    **dict.fromkeys(THRESHOLDS, points), "left_out": _left_out, "offices_apart": truth, "learn": truth,
}  # fmt: skip


def edit_setup(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Setup:
    """What is not named stays. Raises Invalid, Stale, Forbidden."""
    kind = "dedupe.setup_changed"
    return settle(Setup, changes, OF_SETUP, kind, by=by, version=version, undoes=undoes, check=_must_fit)


def undo_setup(event: Event, by: Person) -> Undone:
    return settle_back(event, setup(), edit_setup, by)


def _must_fit(row: Setup, done: Changes) -> None:
    need_order({name: getattr(row, name) for name in THRESHOLDS})


def need_order(thresholds: Mapping[str, float]) -> None:
    """Raises Invalid where one would be sure before it is a candidate."""
    for way in Way.values:
        if thresholds[f"{way}_sure"] < thresholds[f"{way}_perhaps"]:
            sentence = _("「確実」の点数は「候補」の点数以上にしてください。")
            raise Invalid([FieldProblem(f"{way}_sure", sentence, code="order")])


def thought_of(raw: Mapping[str, Any], chosen: Setup) -> dict[str, float]:
    """The thresholds that somebody has typed and not saved yet; those that he has not named are as they are. Raises
    Invalid."""
    given = {name: raw[name] for name in THRESHOLDS if raw.get(name) not in {None, ""}}
    wanted = {name: getattr(chosen, name) for name in THRESHOLDS} | clean_all(given, OF_SETUP)
    need_order(wanted)
    return wanted
