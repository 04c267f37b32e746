"""What is asked of the order ledger: by the page and by programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.orders.ledger_reading import Asked
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Date, RecordLink, Refused
from daifuku.staff.viewer import Viewer

YEAR = timedelta(days=365)
FIELDS = (
    Field("account", _("取引先"), RecordLink("account")),
    Field("product", _("商品"), RecordLink("product")),
    Field("begin", _("いつから"), Date(), help=_("取引先も商品も選ばないときは、1年前から")),
    Field("end", _("いつまで"), Date()),
)


def read(sent: Mapping[str, Any], viewer: Viewer) -> Asked:
    """Of everybody and everything it is a year, where nothing else is said. Raises Invalid."""
    values: dict[str, Any] = {}
    problems = []
    for field in FIELDS:
        uid, label, said = (
            sent.get(f"{field.key}.uid"),
            sent.get(f"{field.key}.label", ""),
            sent.get(field.key, ""),
        )
        raw = uid if uid and said.strip() == label.strip() else said
        try:
            values[field.key] = field.type.clean(raw, viewer)
        except Refused as error:
            problems.append(FieldProblem(field.key, error.message, code=error.code))
    begin, end = values.get("begin"), values.get("end")
    if begin and end and end < begin:
        problems.append(FieldProblem("end", _("終わりの日が始まりの日より前です。"), code="ends_before"))
    if problems:
        raise Invalid(problems)
    asked = Asked(**values)
    if asked.account is None and asked.product is None and asked.begin is None:
        return replace(asked, begin=(asked.end or timezone.localdate()) - YEAR)
    return asked
