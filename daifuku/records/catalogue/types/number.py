"""Numbers: whole, decimal, money in yen, per cent."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.db.models import Expression, F
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import money
from daifuku.foundation.sql import JsonNumber
from daifuku.records.catalogue.types.base import EMPTINESS, FieldType, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

NOT_NUMBER = _("数字で入力してください。")
LARGEST = Decimal(10) ** 15


class _Number(FieldType):
    numeric, widget, empty = True, "number", None
    operators = ("eq", "ne", "gt", "gte", "lt", "lte", "between", *EMPTINESS)
    places = 0

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Any:
        if raw is None or (isinstance(raw, str) and not raw.strip()):
            return None
        number = self.read(raw)
        if not number.is_finite() or abs(number) >= LARGEST:
            raise Refused(_("数が大きすぎます。15桁以内で入力してください。"), "too_large")
        if number != round(number, self.places):
            raise Refused(self.too_fine(), "too_fine")
        return self.keep(round(number, self.places))

    def read(self, raw: Any) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
            raise Refused(NOT_NUMBER, "type")
        text = unicodedata.normalize("NFKC", str(raw)).replace(",", "").strip()
        text = re.sub(r"\A[▲△−]", "-", text)
        try:
            return Decimal(text)
        except InvalidOperation as error:
            raise Refused(NOT_NUMBER) from error

    def too_fine(self) -> Any:
        if self.places == 0:
            return _("整数で入力してください。")
        return _("小数点以下は%(places)s桁までです。") % {"places": self.places}

    def keep(self, number: Decimal) -> Any:
        return number

    def to_json(self, value: Any) -> Any:
        return None if value is None else f"{value:f}"

    def from_json(self, value: Any) -> Any:
        return None if value is None else self.keep(Decimal(str(value)))

    def display(self, value: Any) -> str:
        return f"{value:,f}"

    def form_value(self, value: Any) -> str:
        return "" if value is None else f"{value:f}"

    def export(self, value: Any) -> Any:
        return value

    def json_expression(self, key: str, column: str = "custom") -> Expression:
        return JsonNumber(F(column), key)

    def schema(self) -> dict[str, Any]:
        return {"type": "number"}


class Integer(_Number):
    key, label = "integer", _("整数")

    def keep(self, number: Decimal) -> int:
        return int(number)

    def to_json(self, value: Any) -> Any:
        return None if value is None else int(value)

    def display(self, value: Any) -> str:
        return f"{value:,d}"

    def form_value(self, value: Any) -> str:
        return "" if value is None else str(value)

    def schema(self) -> dict[str, Any]:
        return {"type": "integer"}


class DecimalNumber(_Number):
    key, label = "decimal", _("小数")

    def __init__(self, places: int = 2) -> None:
        self.places = places


class Percent(DecimalNumber):
    """50 stands for 50 %."""

    key, label, widget = "percent", _("パーセント"), "percent"

    def __init__(self, places: int = 1) -> None:
        super().__init__(places)

    def read(self, raw: Any) -> Decimal:
        if isinstance(raw, str):
            raw = unicodedata.normalize("NFKC", raw).replace("%", "")
        return super().read(raw)

    def display(self, value: Any) -> str:
        return f"{value:,f}%"


class Money(Integer):
    """Whole yen."""

    key, label, widget = "money", _("金額（円）"), "money"

    def read(self, raw: Any) -> Decimal:
        if not isinstance(raw, str):
            return super().read(raw)
        try:
            return Decimal(money.parse_amount(raw))
        except ValueError as error:
            raise Refused(_("金額として読めません。例: 1,234"), "invalid") from error

    def display(self, value: Any) -> str:
        return gettext("%(amount)s円") % {"amount": f"{value:,d}"}
