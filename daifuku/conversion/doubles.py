"""Somebody makes a new account or contact although one that is the same is there: what the firm wants then."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion.alike import proposed
from daifuku.conversion.mapping.drafting import Draft
from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import DoubleWay
from daifuku.conversion.wanted import NEW, Wanted
from daifuku.customers.models import Lead
from daifuku.dedupe.actions import keep_apart
from daifuku.dedupe.models import Reason
from daifuku.foundation.errors import Conflict, FieldProblem, Invalid
from daifuku.records.catalogue import registry
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

LONGEST = 150
Beside = Mapping[str, list[Any]]


def beside(lead: Lead, wanted: Wanted, draft: Draft, rules: Setup, viewer: Viewer) -> Beside:
    """By object, the records that are certainly the same as what would be made. A branch is another record on purpose.

    Raises Conflict (`double`: the firm wants the known one used), Invalid (`account.reason`: it wants to know why).
    """
    making = [key for key in ("account", "contact") if getattr(wanted, key) == NEW]
    if wanted.parent is not None and "account" in making:
        making.remove("account")
    if rules.doubles == DoubleWay.ASK or not making:
        return {}
    found = proposed(lead, draft, viewer)
    sure = {key: [each.record for each in found[key] if each.sure] for key in making}
    for key, records in sure.items():
        if records and rules.doubles == DoubleWay.USE:
            raise _use(key, records[0])
        if records and not wanted.reason.strip():
            sentence = _("同じ%(object)s「%(name)s」があります。別の記録として作る理由を入力してください。")
            words = {"object": registry.get(key).name, "name": records[0]}
            raise Invalid([FieldProblem(f"{key}.reason", sentence % words, code="reason")])
        if records and len(wanted.reason) > LONGEST:
            sentence = _("理由は%(longest)s文字以内で入力してください。") % {"longest": LONGEST}
            raise Invalid([FieldProblem(f"{key}.reason", sentence, code="too_long")])
    return sure


def keep(beside: Beside, made: Mapping[str, Any], reason: str, *, by: Person) -> None:
    """They are not asked about again, and everybody reads why there are two."""
    for key, records in beside.items():
        for record in records:
            keep_apart(made[key], record, Reason.OTHER, reason, by=by)


def _use(key: str, record: Any) -> Conflict:
    sentence = _("同じ%(object)s「%(name)s」があるため、新しく作れません。その記録を選んでください。")
    return Conflict(sentence % {"object": registry.get(key).name, "name": record}, code="double", field=key)
