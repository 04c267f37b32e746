"""What of talks and plans others in the firm should hear of: a complaint, an order, a call taken for a colleague."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.ledger.models import Event
from daifuku.messages.sharing.happenings import (
    FULL_NOW,
    MORNING_FULL,
    MORNING_HEADLINE,
    Happening,
    becomes,
    register,
)

SPOKEN = ("talk.created", "talk.edited")


def register_happenings() -> None:
    register(
        Happening(
            "talk.complaint", _("クレーム"),
            gettext_noop("%(actor)sさんが「%(record)s」のクレームを記録しました。"),
            SPOKEN, "talk", becomes("content", "complaint"), order=1,
            shipped={"president": FULL_NOW, "manager": FULL_NOW, "clerk": FULL_NOW},
        ),
        Happening(
            "talk.order", _("注文のやりとり"),
            gettext_noop("%(actor)sさんが「%(record)s」の注文のやりとりを記録しました。"),
            SPOKEN, "talk", becomes("content", "order"), order=3,
            shipped={"clerk": FULL_NOW, "purchaser": FULL_NOW, "accountant": MORNING_HEADLINE},
        ),
        Happening(
            "talk.delivery", _("納期のやりとり"),
            gettext_noop("%(actor)sさんが「%(record)s」の納期のやりとりを記録しました。"),
            SPOKEN, "talk", becomes("content", "delivery"), order=4,
            shipped={"clerk": FULL_NOW, "purchaser": FULL_NOW},
        ),
        Happening(
            "talk.question", _("商品の問い合わせ"),
            gettext_noop("%(actor)sさんが「%(record)s」の問い合わせを記録しました。"),
            SPOKEN, "talk", becomes("content", "question"), order=5,
            shipped={"clerk": MORNING_FULL, "purchaser": MORNING_HEADLINE},
        ),
        Happening(
            "plan.off", _("予定の中止・延期"),
            gettext_noop("%(actor)sさんが予定「%(record)s」を中止または延期しました。"),
            ("plan.cancelled", "plan.postponed"), "plan", order=40,
            shipped={"manager": MORNING_FULL, "clerk": MORNING_HEADLINE},
        ),
        Happening(
            "talk.for_me", _("ほかの人が受けた、担当のお客様の話"),
            gettext_noop("%(actor)sさんが、あなたの担当の「%(record)s」を受けて記録しました。"),
            ("talk.created",), "talk", people=in_charge_of_the_customer, order=2,
        ),
    )  # fmt: skip


def in_charge_of_the_customer(event: Event, talk: Any) -> Iterable[int]:
    """Whose customer it is, where another one spoke to it."""
    if talk.keeper_id is not None and talk.keeper_id not in {talk.owner_id, event.actor_id}:
        yield talk.keeper_id
