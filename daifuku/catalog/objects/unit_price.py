"""A price per unit: yen, with 銭 where goods are sold by the thousand; 1,200円 and 0.35円."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from daifuku.foundation import money
from daifuku.records.catalogue.types import DecimalNumber, Refused

if TYPE_CHECKING:
    from daifuku.staff.viewer import Viewer

# Beyond this a column of thirteen digits has no room.
DEAREST = Decimal(10) ** 12


def plain(number: Decimal) -> Decimal:
    """Without zeros that say nothing: 1200 and 0.5, never 1200.00 or 1.2E+3."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


class Trimmed(DecimalNumber):
    """A decimal number that is shown without zeros behind it."""

    def keep(self, number: Decimal) -> Decimal:
        return plain(number)

    def to_json(self, value: Any) -> Any:
        return None if value is None else f"{plain(value):f}"

    def display(self, value: Any) -> str:
        return f"{plain(value):,f}"

    def form_value(self, value: Any) -> str:
        return "" if value is None else f"{plain(value):f}"

    def export(self, value: Any) -> Any:
        return None if value is None else plain(value)


class UnitPrice(Trimmed):
    """Never below nothing: a discount is a line of its own."""

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Any:
        value = super().clean(raw, viewer)
        if value is not None and value < 0:
            raise Refused(_("0以上の金額を入力してください。"), "negative")
        if value is not None and value >= DEAREST:
            raise Refused(_("金額が大きすぎます。12桁以内で入力してください。"), "too_large")
        return value

    def read(self, raw: Any) -> Decimal:
        """As people write amounts (￥1,200-), and with a fraction of a yen."""
        if isinstance(raw, str):
            try:
                return Decimal(money.parse_amount(raw))
            except ValueError:
                raw = raw.strip().lstrip("¥￥").removesuffix("円")
        return super().read(raw)

    def display(self, value: Any) -> str:
        return gettext("%(amount)s円") % {"amount": super().display(value)}


class Quantity(Trimmed):
    """How many; three decimals, so that metres and kilograms can be sold."""

    def __init__(self, places: int = 3) -> None:
        super().__init__(places)

    def clean(self, raw: Any, viewer: Viewer | None = None) -> Any:
        value = super().clean(raw, viewer)
        if value is not None and value < 0:
            raise Refused(_("数量は0以上で入力してください。"), "negative")
        if value is not None and value >= Decimal(10) ** 9:
            raise Refused(_("数量が大きすぎます。9桁以内で入力してください。"), "too_large")
        return value
