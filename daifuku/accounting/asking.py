"""What is asked of the journal: which days, for which package, what of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from daifuku.accounting.journal import PAYMENTS, SALES, Entry
from daifuku.accounting.layouts import LAYOUTS
from daifuku.accounting.models import accounting_setting
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.catalogue.types import Date
from daifuku.records.catalogue.types.base import Refused

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Asked:
    begin: date
    end: date
    package: str
    encoding: str
    what: str


def read(sent: Mapping[str, Any], today: date) -> Asked:
    """Without a word the month before this one, in the firm's package. Raises Invalid, naming each field."""
    last = today.replace(day=1) - timedelta(days=1)
    days = {"begin": last.replace(day=1), "end": last}
    problems: list[FieldProblem] = []
    for name in days:
        try:
            days[name] = Date().clean(sent.get(name) or "") or days[name]
        except Refused as error:
            problems.append(FieldProblem(name, error.message, code=error.code))
    if days["end"] < days["begin"]:
        problems.append(FieldProblem("end", _("終わりの日が始まりの日より前です。"), code="ends_before"))
    elif days["end"] - days["begin"] > LONGEST:
        problems.append(FieldProblem("end", _("期間は1年までにしてください。"), code="too_long"))
    package = str(sent.get("package") or accounting_setting().package)
    layout = LAYOUTS.get(package)
    encoding = str(sent.get("encoding") or (layout.encodings[0] if layout else ""))
    if layout is None:
        problems.append(FieldProblem("package", _("会計ソフトを選んでください。"), code="package"))
    elif encoding not in layout.encodings:
        sentence = _("%(package)sは、この文字コードでは読めません。別の文字コードを選んでください。")
        problems.append(FieldProblem("encoding", sentence % {"package": layout.label}, code="encoding"))
    what = str(sent.get("what") or "")
    if what not in ("", SALES, PAYMENTS):
        problems.append(FieldProblem("what", _("売上か入金を選んでください。"), code="what"))
    if problems:
        raise Invalid(problems)
    return Asked(days["begin"], days["end"], package, encoding, what)


def query(asked: Asked) -> str:
    words = {"begin": asked.begin.isoformat(), "end": asked.end.isoformat(), "what": asked.what}
    return urlencode({name: value for name, value in words.items() if value})


def sums(entries: Iterable[Entry]) -> dict[str, int]:
    """Sales less what was taken back, and the money that came less what went back."""
    found = {"sales": 0, "payments": 0, "taxed": 0}
    for entry in entries:
        sign = -1 if entry.turned else 1
        found[entry.of] += sign * entry.amount
        found["taxed"] += sign * entry.taxed
    return found
