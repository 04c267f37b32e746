"""What of orders others in the firm should hear of: entered, cancelled, delivered, not delivered on their day."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.ledger.models import Event
from daifuku.messages.sharing.happenings import (
    FULL_NOW,
    HEADLINE_NOW,
    MORNING_FULL,
    MORNING_HEADLINE,
    Happening,
    register,
)


def register_happenings() -> None:
    register(
        Happening(
            "order.new", _("受注の登録"), gettext_noop("%(actor)sさんが受注「%(record)s」を登録しました。"),
            ("order.created",), "order", order=54,
            shipped={
                "clerk": FULL_NOW, "purchaser": FULL_NOW, "manager": HEADLINE_NOW, "accountant": MORNING_HEADLINE,
                "president": MORNING_HEADLINE,
            },
        ),
        Happening(
            "order.off", _("受注の取り消し"), gettext_noop("%(actor)sさんが受注「%(record)s」を取り消しました。"),
            ("order.cancelled",), "order", order=55,
            shipped={"clerk": FULL_NOW, "purchaser": FULL_NOW, "manager": FULL_NOW, "accountant": MORNING_FULL},
        ),
        Happening(
            "order.late", _("納期の遅れ"), gettext_noop("受注「%(record)s」が納期を過ぎました。"),
            ("order.late",), "order", order=56,
            shipped={"clerk": FULL_NOW, "purchaser": FULL_NOW, "manager": FULL_NOW, "president": MORNING_HEADLINE},
        ),
        Happening(
            "delivery.new", _("納品"), gettext_noop("%(actor)sさんが納品「%(record)s」を登録しました。"),
            ("delivery.created",), "delivery", order=57,
            shipped={"accountant": FULL_NOW, "clerk": MORNING_HEADLINE},
        ),
        Happening(
            "order.late_of_mine", _("担当する受注の納期の遅れ"),
            gettext_noop("あなたの受注「%(record)s」が納期を過ぎました。"),
            ("order.late",), "order", people=in_charge, order=58,
        ),
    )  # fmt: skip


def in_charge(event: Event, order: Any) -> Iterable[int]:
    if order.owner_id is not None:
        yield order.owner_id
