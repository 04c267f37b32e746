"""What is typed about a person or the firm, brought into its stored form or refused with a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
