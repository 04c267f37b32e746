"""Who may begin trading with a lead, and whether the firm does so at all."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import setup
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.foundation.reversing import url_of
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


def may_begin(viewer: Viewer, rules: Setup) -> bool:
    """Any lead at all."""
    roles = {role.key for role in viewer.roles}
    return rules.on and viewer.may("lead", "edit") and (not rules.roles or bool(roles & set(rules.roles)))


def may_convert(lead: Lead, viewer: Viewer, rules: Setup) -> bool:
    return may_begin(viewer, rules) and lead.trashed_at is None and sees(viewer, lead, "edit")


def addresses_for(viewer: Viewer) -> Callable[[Lead], str]:
    """Where this person begins with a lead; empty where he may not, or where it has begun."""
    rules = setup()

    def address(lead: Lead) -> str:
        may = lead.converted_at is None and may_convert(lead, viewer, rules)
        return url_of("conversion:convert", lead.uid) if may else ""

    return address


def need_converting(viewer: Viewer, rules: Setup) -> None:
    """Raises Conflict where the firm does without, Forbidden."""
    if not rules.on:
        sentence = _("取引の開始は、使わない設定になっています。管理者に確認してください。")
        raise Conflict(sentence, code="switched_off")
    if not may_begin(viewer, rules):
        raise Forbidden
