"""What is typed about a person, the firm or its settings, brought into its stored form or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, time
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text
from daifuku.staff.models import Person

Cleaner = Callable[[Any], Any]


def text(limit: int, *, required: bool = False) -> Cleaner:
    def clean(raw: Any) -> str:
        value = clean_text(str(raw or ""))
        if required and not value:
            raise ValueError(_("入力してください。"))
        if len(value) > limit:
            raise ValueError(_("%(limit)s文字以内で入力してください。") % {"limit": limit})
        return value

    return clean


def truth(raw: Any) -> bool:
    """Yes as a box that is ticked, a program and the ledger say it."""
    return raw in (True, "true", "on", "1", 1)


def number(least: int, most: int) -> Cleaner:
    """A whole one, typed in whatever width."""

    def clean(raw: Any) -> int:
        written = str(raw).strip()
        found = int(written) if written.isdecimal() and len(written) < 10 else -1
        if not least <= found <= most:
            words = {"least": least, "most": most}
            raise ValueError(_("%(least)sから%(most)sまでの整数で入力してください。") % words)
        return found

    return clean


def day(raw: Any) -> date:
    try:
        return raw if isinstance(raw, date) else date.fromisoformat(str(raw).strip().replace("/", "-"))
    except ValueError as error:
        sentence = _("「%(text)s」は日付ではありません。2026-12-29のように入力してください。")
        raise ValueError(sentence % {"text": str(raw)[:20]}) from error


def clock(raw: Any) -> time:
    """Seconds, which browsers may send along, are left out."""
    try:
        found = raw if isinstance(raw, time) else time.fromisoformat(str(raw).strip().zfill(5))
    except ValueError as error:
        raise ValueError(_("時刻は 09:00 のように入力してください。")) from error
    return found.replace(second=0, microsecond=0)


def one_of(values: Collection[str]) -> Cleaner:
    def clean(raw: Any) -> str:
        if raw not in values:
            raise ValueError(_("選択肢から選んでください。"))
        return str(raw)

    return clean


def email(raw: Any) -> str:
    value = str(raw or "").strip().lower()
    try:
        validate_email(value)
    except ValidationError as error:
        raise ValueError(_("メールアドレスの形になっていません。例: aoyama@example.jp")) from error
    if len(value) > 254:
        raise ValueError(_("メールアドレスが長すぎます。"))
    return value


def free_email(raw: Any, *, but: Person | None = None) -> str:
    """An address that nobody else signs in with."""
    value = email(raw)
    if Person.objects.filter(email=value).exclude(pk=but.pk if but else None).exists():
        raise ValueError(_("このメールアドレスはすでに使われています。"))
    return value


def password_problems(password: str, person: Person) -> list[FieldProblem]:
    """Why this password is not good enough for this person; nothing when it is."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        return [FieldProblem("password", " ".join(error.messages), code="weak")]
    return []


def clean_all(raw: Mapping[str, Any], cleaners: Mapping[str, Cleaner]) -> dict[str, Any]:
    """Every value through its cleaner; all refusals are told at once. Names without a cleaner are refused as well."""
    values: dict[str, Any] = {}
    problems = []
    for name, value in raw.items():
        if name not in cleaners:
            problems.append(FieldProblem(name, _("この項目は変更できません。"), code="unknown"))
            continue
        try:
            values[name] = cleaners[name](value)
        except ValueError as error:
            problems.append(FieldProblem(name, str(error)))
    if problems:
        raise Invalid(problems)
    return values


def spoken_language() -> str:
    """In which a newcomer read the page where he entered himself; he keeps it until he chooses another."""
    return "en" if (get_language() or "ja").startswith("en") else "ja"
