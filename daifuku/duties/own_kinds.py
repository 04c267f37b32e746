"""The kinds of duties that come with the program: what each is called, and where it is done."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from daifuku.duties.finding import leads, quiet
from daifuku.duties.kinds import Kind, register
from daifuku.duties.sources import plans, talks
from daifuku.foundation.reversing import url_of
from daifuku.records.addresses import begun_form


def register_own() -> None:
    register(
        Kind(plans.KIND, gettext_lazy("予定の結果"), icon="calendar", name=_plan, do=_finish, order=10),
        Kind(talks.KIND, gettext_lazy("取引の記録"), icon="phone", name=_talk, do=_open, order=20),
        Kind(leads.KIND, gettext_lazy("連絡していない見込み客"), 0, "user-plus", _lead, _talk_with, 70),
        Kind(quiet.KIND, gettext_lazy("連絡が空いたお客様"), 0, "clock", _quiet, _talk_with, 80),
    )


def _plan(duty: Any, plan: Any) -> str:
    when = date_format(timezone.localtime(duty.first_due_at), "n/j")
    return (
        _("「%(plan)s」の結果") % {"plan": plan}
        if plan is not None
        else _("%(day)sの予定の結果") % {"day": when}
    )


def _talk(duty: Any, talk: Any) -> str:
    return _("「%(talk)s」の記録") % {"talk": talk} if talk is not None else _("取引の記録")


def _lead(duty: Any, lead: Any) -> str:
    days = _days_since(duty)
    if lead is None:
        return _("見込み客に、登録から%(days)s日連絡していません") % {"days": days}
    return _("%(lead)s様に、登録から%(days)s日連絡していません") % {"lead": lead, "days": days}


def _quiet(duty: Any, account: Any) -> str:
    told = {"usual": duty.facts.get("usual", 0), "days": _days_since(duty), "name": account or _("お客様")}
    return _("%(name)s: 普段は%(usual)s日ごと、今回は%(days)s日") % told


def _days_since(duty: Any) -> int:
    """Up to today while it waits, up to the talk when it was done."""
    since = date.fromisoformat(duty.facts.get("since", "") or duty.due_on.isoformat())
    until = timezone.localtime(duty.entered).date() if duty.entered else timezone.localdate()
    return (until - since).days


def _finish(duty: Any, plan: Any) -> tuple[str, Any]:
    if plan is None:
        return "", ""
    if plan.is_open:
        return url_of("activities:finish", plan.uid), _("結果を記録")
    return plan.get_absolute_url(), _("予定を開く")


def _open(duty: Any, record: Any) -> tuple[str, Any]:
    return (record.get_absolute_url(), _("開く")) if record is not None else ("", "")


def _talk_with(duty: Any, customer: Any) -> tuple[str, Any]:
    """The form of a talk with the customer filled in."""
    if customer is None:
        return "", ""
    return begun_form("talks", **{customer.object_key: customer.uid}), _("取引を記録")
