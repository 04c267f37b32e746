"""Who may begin trading with a lead, and whether the firm does so at all."""

from __future__ import annotations

from django.utils.translation import gettext as _

from daifuku.conversion.models import Setup
from daifuku.customers.models import Lead
from daifuku.foundation.errors import Conflict, Forbidden
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer


def may_begin(viewer: Viewer, rules: Setup) -> bool:
    """Any lead at all."""
    roles = {role.key for role in viewer.roles}
    return rules.on and viewer.may("lead", "edit") and (not rules.roles or bool(roles & set(rules.roles)))


def may_convert(lead: Lead, viewer: Viewer, rules: Setup) -> bool:
    return may_begin(viewer, rules) and lead.trashed_at is None and sees(viewer, lead, "edit")


def need_converting(viewer: Viewer, rules: Setup) -> None:
    """Raises Conflict where the firm does without, Forbidden."""
    if not rules.on:
        sentence = _("取引の開始は、使わない設定になっています。管理者に確認してください。")
        raise Conflict(sentence, code="switched_off")
    if not may_begin(viewer, rules):
        raise Forbidden
