"""The duties that follow from rules: what each is called, and where it is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.duties.kinds import Kind, register
from daifuku.foundation.reversing import url_of
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.field import Field
from daifuku.rules.owing import KIND
from daifuku.rules.rulings import rulings_of

SHOWN = 3


def register_kind() -> None:
    register(Kind(KIND, gettext_lazy("運用ルールの項目"), icon="book-open", name=_name, do=_do, order=30))


def _name(duty: Any, record: Any) -> str:
    """「青葉商事」の電話番号、Webサイト: what is lacking now."""
    if record is None:
        return _("運用ルールで必要な項目")
    lacking = _lacking(duty, record)
    if not lacking:
        return _("「%(record)s」の必要な項目") % {"record": record}
    names = _("、").join(field.name for field in lacking[:SHOWN])
    if len(lacking) > SHOWN:
        names = _("%(names)sなど%(number)s項目") % {"names": names, "number": len(lacking)}
    return _("「%(record)s」の%(names)s") % {"record": record, "names": names}


def _lacking(duty: Any, record: Any) -> list[Field]:
    uid = str(duty.facts.get("rule", ""))
    found = [each for each in rulings_of(record.object_key, at_hand=False) if str(each.rule.uid) == uid]
    return found[0].lacking(record) if found else []


def _do(duty: Any, record: Any) -> tuple[str, Any]:
    if record is None:
        return "", ""
    return form_of(record, _lacking(duty, record)), _("入力する")


def form_of(record: Any, lacking: Sequence[Field]) -> str:
    """The form, at the first field that is empty: on a phone the others are far away."""
    place = f"#id_{lacking[0].key}" if lacking else ""
    return f"{url_of('records:edit', registry.of(record).slug, record.uid)}{place}"
