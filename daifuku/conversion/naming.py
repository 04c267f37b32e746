"""What a deal is called, when it is to close, and the name of an account for somebody without a company."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion.mapping.drafting import Draft
from daifuku.conversion.models import Setup
from daifuku.customers.models import Lead
from daifuku.foundation import calendar
from daifuku.records.conditions.operator import Asked
from daifuku.staff.viewer import Viewer

PLACES = ("{会社名}", "{氏名}", "{商品}", "{日付}")
LONGEST = 200


def deal_name(lead: Lead, rules: Setup, today: date) -> str:
    """As the setting says; a line of the interest is enough, and what is empty leaves no gap."""
    product = lead.interest.strip().split("\n")[0]
    said = {
        "{会社名}": lead.company or _("%(name)s様") % {"name": lead}, "{氏名}": str(lead), "{商品}": product,
        "{日付}": f"{today:%Y/%m/%d}",
    }  # fmt: skip
    name = rules.deal_name
    for place, value in said.items():
        name = name.replace(place, value)
    return " ".join(name.split())[:LONGEST] or said["{会社名}"]


def deal_close(today: date, viewer: Viewer) -> date:
    """The last day of the running quarter of the firm's fiscal year."""
    return calendar.period("this_quarter", today, Asked(viewer, today).fiscal_start)[1]


def account_name(lead: Lead, found: Draft) -> dict[str, Any]:
    """Without a company the account bears the person's name."""
    if "name" in found.pieces["account"]:
        return {}
    kana = f"{lead.family_kana} {lead.given_kana}".strip()
    return {"name": str(lead), "kana": kana}
