"""What of customers others in the firm should hear of, and whom the program tells before the administrator decides."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from daifuku.messages.sharing.happenings import (
    FULL_NOW,
    HEADLINE_NOW,
    HOURLY_HEADLINE,
    MORNING_FULL,
    MORNING_HEADLINE,
    WEEKLY_HEADLINE,
    Happening,
    becomes,
    changes_any,
    register,
)

TERMS = ("closing_day", "payment_terms", "invoice_number", "corporate_number")


def register_happenings() -> None:
    register(
        Happening(
            "account.new", _("新しい取引先"),
            gettext_noop("%(actor)sさんが取引先「%(record)s」を登録しました。"),
            ("account.created",), "account", order=10,
            shipped={
                "clerk": FULL_NOW, "accountant": MORNING_FULL, "purchaser": MORNING_HEADLINE,
                "manager": HOURLY_HEADLINE, "president": WEEKLY_HEADLINE,
            },
        ),
        Happening(
            "lead.new", _("新しい見込み客"),
            gettext_noop("%(actor)sさんが見込み客「%(record)s」を登録しました。"),
            ("lead.created",), "lead", order=15,
            shipped={"manager": HOURLY_HEADLINE, "marketer": HOURLY_HEADLINE, "president": WEEKLY_HEADLINE},
        ),
        Happening(
            "account.terms", _("取引条件の変更"),
            gettext_noop("%(actor)sさんが「%(record)s」の取引条件を変更しました。"),
            ("account.edited",), "account", changes_any(*TERMS), order=20,
            shipped={"accountant": FULL_NOW, "clerk": FULL_NOW, "manager": MORNING_HEADLINE},
        ),
        Happening(
            "account.status", _("取引状態の変更"),
            gettext_noop("「%(record)s」の取引状態が変わりました（%(actor)sさん）。"),
            ("account.edited",), "account", changes_any("status", "rank"), order=25,
            shipped={
                "clerk": MORNING_FULL, "accountant": MORNING_FULL, "purchaser": MORNING_FULL,
                "manager": MORNING_FULL, "president": WEEKLY_HEADLINE,
            },
        ),
        Happening(
            "account.handed_over", _("担当の引き継ぎ"),
            gettext_noop("「%(record)s」の担当が変わりました（%(actor)sさん）。"),
            ("account.edited",), "account", changes_any("owner"), order=30,
            shipped={
                "clerk": FULL_NOW, "purchaser": MORNING_FULL, "accountant": MORNING_FULL, "manager": HEADLINE_NOW,
                "president": WEEKLY_HEADLINE,
            },
        ),
        Happening(
            "contact.left", _("お客様の担当者の異動・退職"),
            gettext_noop("「%(record)s」が異動または退職しました（%(actor)sさん）。"),
            ("contact.edited", "contact.left", "contact.moved"), "contact", _left, order=35,
            shipped={"clerk": MORNING_FULL, "purchaser": MORNING_HEADLINE, "manager": MORNING_HEADLINE},
        ),
    )  # fmt: skip


def _left(event: object) -> bool:
    kind = getattr(event, "kind", "")
    return kind != "contact.edited" or becomes("status", "left", "moved")(event)  # type: ignore[arg-type]
