"""Where milestones are found: from deals, orders and the page of the day, not in the main menu."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.deals.objects.deal import DEAL
from daifuku.foundation import menu
from daifuku.milestones.objects.milestone import MILESTONE
from daifuku.orders.objects.order import ORDER


def register() -> None:
    ahead = menu.Entry("main", _("節目"), "milestones:ahead", MILESTONE.icon, 33, object="milestone")
    for object_type in (DEAL, ORDER, MILESTONE):
        object_type.tools.append(ahead)
    menu.add(
        menu.Entry(
            "settings.records", _("節目のひな型"), "milestones:plans", MILESTONE.icon, 57, power="settings",
            help=_("長い商談や受注に、いつもある節目と、知らせる役割"),
        )
    )  # fmt: skip
