"""The administrator puts wordings into the firm's own words, or goes back to the shipped ones."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.phone import wordings
from daifuku.phone.models import Wording
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person

MOST, LONGEST = 12, 500


def keep_wordings(method: str, content: str, lines: Iterable[str], *, by: Person) -> None:
    """Offers these lines from now on, in this order. Raises Invalid, Forbidden."""
    need_settings(by)
    _known(method, content)
    _put(method, content, _cleaned(lines), by)


def ship_wordings(method: str, content: str, *, by: Person) -> None:
    """Offers what came with the program again. Raises Invalid, Forbidden."""
    need_settings(by)
    _known(method, content)
    _put(method, content, None, by)


def undo_changed(event: Event, by: Person) -> Undone:
    method, content = event.data["method"], event.data["content"]
    row = Wording.objects.filter(method=method, content=content).first()
    if (row.lines if row else None) != event.data["new"]:
        raise ChangedSince
    need_settings(by)
    _put(method, content, event.data["old"], by, event)
    return Undone(1)


def _put(method: str, content: str, lines: list[str] | None, by: Person, undoes: Event | None = None) -> None:
    with ledger.writing():
        row = Wording.objects.select_for_update().filter(method=method, content=content).first()
        old = row.lines if row else None
        offered = wordings.of(method, content)
        if undoes is None and (old == lines or (old is None and lines == offered)):
            return
        if lines is None:
            Wording.objects.filter(method=method, content=content).delete()
        else:
            Wording.objects.update_or_create(method=method, content=content, defaults={"lines": lines})
        told = " · ".join(_label(field, key) for field, key in (("method", method), ("content", content)))
        data = {"method": method, "content": content, "name": told, "old": old, "new": lines}
        ledger.record("phone.wordings_changed", by=by, undoes=undoes, data=data)


def _label(field: str, key: str) -> str:
    return next((option.name for option in wordings.options(field) if option.key == key), key)


def _known(method: str, content: str) -> None:
    for field, key in (("method", method), ("content", content)):
        if key not in {option.key for option in wordings.options(field)}:
            raise Invalid([FieldProblem(field, _("選択肢から選んでください。"), code="choice")])


def _cleaned(lines: Iterable[str]) -> list[str]:
    found = [text for line in lines if (text := clean_text(line))]
    if len(found) > MOST:
        sentence = _("文例は%(most)s件までです。") % {"most": MOST}
        raise Invalid([FieldProblem("lines", sentence, code="too_many")])
    for text in found:
        if len(text) > LONGEST:
            sentence = _("文例は1件%(longest)s文字までです。短くしてください。") % {"longest": LONGEST}
            raise Invalid([FieldProblem("lines", sentence, code="too_long")])
        if text.count("【") != text.count("】"):
            sentence = _("「%(text)s」の【 と 】の数が合いません。") % {"text": text[:40]}
            raise Invalid([FieldProblem("lines", sentence, code="slots")])
    return list(dict.fromkeys(found))
