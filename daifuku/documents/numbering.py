"""Numbers without gaps: one more than the last of this kind and year, taken in the transaction that issues the paper.

Two who issue at the same moment wait for one another, so no number is given twice; whoever is refused afterwards
gives his
number back with everything else, so none is missing. A draft has no number.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.utils.translation import gettext as _

from daifuku.documents import kinds
from daifuku.documents.models import Sealed, Series
from daifuku.documents.models.issuer import Issuer, issuer
from daifuku.foundation.errors import Conflict
from daifuku.foundation.sql.named_lock import hold
from daifuku.staff.models import Company

MOST = 40
_PLACE = re.compile(r"\{(YYYY|YY|MM|N{1,8})\}")
_ALLOWED = re.compile(r"[\w\-./()・#{} ]+")


@dataclass(frozen=True)
class Number:
    text: str
    year: int
    place: int


def check_template(template: str) -> str:
    """`Q{YYYY}-{NNNN}`. Raises ValueError with the sentence."""
    template = template.strip()
    named = [found[1] for found in _PLACE.finditer(template)]
    rest = _PLACE.sub("", template)
    if not _ALLOWED.fullmatch(template) or "{" in rest or "}" in rest:
        raise ValueError(
            _("使えるのは文字、数字、「-」「/」「.」と、{YYYY}（年）、{YY}、{MM}（月）、{NNNN}（連番）です。")
        )
    if sum(name.startswith("N") for name in named) != 1:
        raise ValueError(_("連番の場所を1つ入れてください。例: Q{YYYY}-{NNNN}"))
    if not {"YYYY", "YY"} & set(named):
        raise ValueError(
            _("連番は毎年1から始まるため、年（{YYYY}か{YY}）を入れてください。例: Q{YYYY}-{NNNN}")
        )
    if len(shown(template, 9999, 99_999_999, 12)) > MOST:
        raise ValueError(_("番号は%(most)s文字に収まるようにしてください。") % {"most": MOST})
    return template


def shown(template: str, year: int, place: int, month: int) -> str:
    """The number as it is printed; a number longer than its place is printed whole."""

    def word(found: re.Match[str]) -> str:
        name = found[1]
        if name.startswith("N"):
            return f"{place:0{len(name)}d}"
        return {"YYYY": f"{year:04d}", "YY": f"{year % 100:02d}", "MM": f"{month:02d}"}[name]

    return _PLACE.sub(word, template)


def template_of(kind: str, of: Issuer) -> str:
    return str(of.templates.get(kind) or kinds.get(kind).template)


def year_of(day: date, of: Issuer) -> int:
    """The year by which numbers begin anew, as the firm counts."""
    if of.years == "calendar":
        return day.year
    company = Company.objects.only("fiscal_start_month").first()
    start = company.fiscal_start_month if company else 4
    return day.year if day.month >= start else day.year - 1


def peek(kind: str, day: date) -> Number:
    """Which number would come next; somebody else may be faster."""
    of = issuer()
    year = year_of(day, of)
    row = Series.objects.filter(kind=kind, year=year).first()
    return _number(kind, of, day, year, row.last + 1 if row else 1)


def take(kind: str, day: date) -> Number:
    """The next number, held for whoever calls until his transaction ends. Raises Conflict where the shape of the
    numbers was changed so that an old number would come again."""
    return take_many(kind, day, 1)[0]


def take_many(kind: str, day: date, count: int) -> list[Number]:
    """So many numbers in a row, as `take` gives one."""
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken inside ledger.writing()")
    hold("documents.numbers")
    of = issuer()
    year = year_of(day, of)
    row = Series.objects.select_for_update().filter(kind=kind, year=year).first()
    row = row or Series(kind=kind, year=year)
    numbers = [_number(kind, of, day, year, row.last + place) for place in range(1, count + 1)]
    used = Sealed.objects.filter(kind=kind, number__in=[number.text for number in numbers]).first()
    if used is not None:
        sentence = _(
            "番号%(number)sはすでに使われています。管理者に、設定の「書類」で番号の形を直すよう伝えてください。"
        )
        raise Conflict(sentence % {"number": used.number}, code="number_used", field="number")
    row.last += count
    row.save()
    return numbers


def _number(kind: str, of: Issuer, day: date, year: int, place: int) -> Number:
    return Number(shown(template_of(kind, of), year, place, day.month), year, place)
