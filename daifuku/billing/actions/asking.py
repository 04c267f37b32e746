"""What a person says when an invoice is issued: days, title, terms, note. Cleaned with a sentence for what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.billing.terms import terms_of
from daifuku.customers.models import Account
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.catalogue.types import Date, LongText, Refused, Text

ASKED: dict[str, Any] = {
    "issued_on": Date(), "due_on": Date(), "title": Text(200), "payment": Text(200), "note": LongText(4000),
    "memo": LongText(4000),
}  # fmt: skip
# Papers are often dated on the last day of the month and written some days before or after.
AHEAD, BACK = timedelta(days=31), timedelta(days=366)


def cleaned(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """All of `ASKED`; without a day of issue, today. Raises Invalid."""
    found: dict[str, Any] = {}
    problems: list[FieldProblem] = []
    for key, kind in ASKED.items():
        try:
            found[key] = kind.clean(values.get(key))
        except Refused as error:
            problems.append(FieldProblem(key, error.message, code=error.code))
    if "issued_on" in found:
        found["issued_on"] = found["issued_on"] or today
        problems += day_of_issue(found["issued_on"], today)
    if not problems and found["due_on"] and found["due_on"] < found["issued_on"]:
        sentence = _("支払期日が発行日より前です。日付を確認してください。")
        problems.append(FieldProblem("due_on", sentence, code="before"))
    if problems:
        raise Invalid(problems)
    return found


def day_of_issue(day: date, today: date) -> list[FieldProblem]:
    if today - BACK <= day <= today + AHEAD:
        return []
    sentence = _("発行日は、1年前から31日先までの日付にしてください。")
    return [FieldProblem("issued_on", sentence, code="range")]


def due_of(account: Account, day: date) -> date:
    """As his terms say of what was delivered, or closed, on that day."""
    terms = terms_of(account)
    return terms.due(terms.closes(day))
