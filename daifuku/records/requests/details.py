"""What a request for a field must say, made clean: name, kind, what for, who decides, who fills it, until when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text, fold
from daifuku.records.actions.field_details import Wrong
from daifuku.records.catalogue.types import TYPES, Choice, Date, Refused
from daifuku.records.models import FieldRequest

LONGEST_TEXT = 1000
MOST_CHOICES = 100
LONGEST_CHOICE = 60


def clean_request(row: FieldRequest, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """The clean values of the named details. Raises Invalid with a problem for each."""
    cleaned: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for name, raw in wanted.items():
        how = DETAILS.get(name)
        if how is None:
            problems.append(FieldProblem(name[:63], _("この設定は変更できません。"), code="unknown_field"))
            continue
        try:
            cleaned[name] = how(row, raw)
        except Wrong as error:
            problems.append(FieldProblem(name, error.sentence, code=error.code))
    kind = TYPES.get(cleaned.get("type", row.type))
    if kind is not None and not issubclass(kind, Choice):
        cleaned["choices"] = []
    if problems:
        raise Invalid(problems)
    return cleaned


def clean_reason(raw: Any) -> str:
    """Why a request is declined; whoever asked shall know. Raises Invalid."""
    try:
        return _words(LONGEST_TEXT, _("見送る理由を入力してください。申請した人に伝わります。"))(None, raw)
    except Wrong as error:
        raise Invalid([FieldProblem("reason", error.sentence, code=error.code)]) from error


def clean_day(raw: Any, *, before: date | None = None) -> date:
    """A day to come, or the one that stood there `before`. Raises Wrong."""
    try:
        day: date | None = Date().clean(raw, None)
    except Refused as error:
        raise Wrong(error.message, error.code) from error
    if day is None:
        raise Wrong(_("見直し日を入力してください。例: 半年後"), "required")
    if day != before and day <= timezone.localdate():
        raise Wrong(_("見直し日は、明日以降の日付にしてください。"), "past")
    return day


def written(value: Any) -> Any:
    """As the ledger keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def _line(longest: int, missing: Any) -> Callable[[Any, Any], str]:
    def clean(row: Any, raw: Any) -> str:
        if not isinstance(raw, str):
            raise Wrong(_("文字で入力してください。"), "type")
        return _fitting(clean_text(raw), longest, missing)

    return clean


def _words(longest: int, missing: Any) -> Callable[[Any, Any], str]:
    """Of several lines."""

    def clean(row: Any, raw: Any) -> str:
        if not isinstance(raw, str):
            raise Wrong(_("文字で入力してください。"), "type")
        lines = [clean_text(line, keep_indent=True) for line in raw.splitlines()]
        return _fitting("\n".join(lines).strip(), longest, missing)

    return clean


def _fitting(text: str, longest: int, missing: Any) -> str:
    if not text:
        raise Wrong(missing, "required")
    if len(text) > longest:
        raise Wrong(_("%(longest)s文字以内で入力してください。") % {"longest": longest}, "too_long")
    return text


def _type(row: FieldRequest, raw: Any) -> str:
    if not isinstance(raw, str) or raw not in TYPES:
        raise Wrong(_("種類を一覧から選んでください。"), "choice")
    return raw


def _choices(row: FieldRequest, raw: Any) -> list[str]:
    """Each once, in the order in which they were written."""
    if not isinstance(raw, list | tuple) or not all(isinstance(each, str) for each in raw):
        raise Wrong(_("選択肢を1行に1つずつ書いてください。"), "type")
    found: dict[str, str] = {}
    for each in raw:
        label = clean_text(each)
        if len(label) > LONGEST_CHOICE:
            raise Wrong(
                _("選択肢は%(longest)s文字以内で入力してください。") % {"longest": LONGEST_CHOICE}, "too_long"
            )
        if label:
            found.setdefault(fold(label) or label, label)
    if len(found) > MOST_CHOICES:
        raise Wrong(_("選択肢は%(most)s個までです。") % {"most": MOST_CHOICES}, "too_many")
    return list(found.values())


def _review(row: FieldRequest, raw: Any) -> date:
    return clean_day(raw, before=row.review_on)


DETAILS: dict[str, Callable[[FieldRequest, Any], Any]] = {
    "label": _line(60, _("項目名を入力してください。")),
    "type": _type,
    "choices": _choices,
    "purpose": _words(LONGEST_TEXT, _("何を決めるために使うかを入力してください。")),
    "decider": _line(200, _("だれが判断に使うかを入力してください。")),
    "enterer": _line(200, _("だれがいつ入力するかを入力してください。")),
    "review_on": _review,
}
