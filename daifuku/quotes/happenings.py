"""Who is told of a quote: whoever may approve it, whoever asked, whoever waits for the customer's answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.ledger.models import Event
from daifuku.messages.sharing.happenings import (
    FULL_NOW,
    HEADLINE_NOW,
    MORNING_HEADLINE,
    Happening,
    becomes,
    register,
)
from daifuku.quotes.models import Approval
from daifuku.quotes.models.policy import policy
from daifuku.staff.models import Person


def register_happenings() -> None:
    register(
        Happening(
            "quote.asked", _("承認を待つ見積"),
            gettext_noop("%(actor)sさんが見積「%(record)s」の承認を申請しました。"),
            ("quote.asked",), "quote", people=approvers, order=60,
        ),
        Happening(
            "quote.decided", _("申請した見積の承認・差戻し"),
            gettext_noop("見積「%(record)s」が承認または差し戻されました（%(actor)sさん）。"),
            ("quote.approved", "quote.returned"), "quote", becomes("state", "approved", "returned"),
            people=asker, order=61,
        ),
        Happening(
            "quote.answered", _("見積へのお客様の回答"),
            gettext_noop("見積「%(record)s」にお客様の回答がありました。"),
            ("quote.accepted", "quote.declined"), "quote", becomes("state", "accepted", "declined"),
            people=in_charge, order=62,
        ),
        Happening(
            "quote.opened", _("お客様が見積書を開いた"),
            gettext_noop("お客様が見積「%(record)s」を開きました。"),
            ("quote.opened_by_customer",), "quote", people=in_charge, order=63,
        ),
        Happening(
            "quote.out", _("見積書の発行"), gettext_noop("%(actor)sさんが見積「%(record)s」を発行しました。"),
            ("quote.issued",), "quote", order=64, shipped={"manager": MORNING_HEADLINE},
        ),
        Happening(
            "quote.won", _("見積の承諾"), gettext_noop("見積「%(record)s」が承諾されました。"),
            ("quote.accepted",), "quote", becomes("state", "accepted"), order=65,
            shipped={"manager": FULL_NOW, "clerk": FULL_NOW, "president": HEADLINE_NOW},
        ),
    )  # fmt: skip


def approvers(event: Event, quote: Any) -> Iterable[int]:
    rows = Person.objects.working().filter(roles__key__in=policy().approvers).exclude(pk=event.actor_id)
    return list(rows.values_list("pk", flat=True).distinct())


def asker(event: Event, quote: Any) -> Iterable[int]:
    last = Approval.objects.filter(quote_id=quote.pk).first()
    if last is not None and last.asked_by_id != event.actor_id:
        yield last.asked_by_id


def in_charge(event: Event, quote: Any) -> Iterable[int]:
    if quote.owner_id is not None and quote.owner_id != event.actor_id:
        yield quote.owner_id
