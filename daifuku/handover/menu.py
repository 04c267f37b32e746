"""Where hand-overs are found."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import menu
from daifuku.handover.panels import left_behind
from daifuku.staff import panels


def register() -> None:
    menu.add(
        menu.Entry(
            "account", _("引き継ぎ"), "handover:list", "users", 60, object="account",
            help=_("担当のお客様を後任に引き継ぐ、引き継いだお客様を受け取る"),
        ),
        menu.Entry(
            "settings.people", _("引き継ぎ"), "handover:list", "users", 60, power="staff",
            help=_("退職・異動・休暇のとき、お客様と予定をまとめて後任へ"),
        ),
    )  # fmt: skip
    panels.add(panels.PersonPanel("handover", "handover/parts/person.html", left_behind))
