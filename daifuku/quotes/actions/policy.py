"""The administrator says when a quote needs an approval, who gives it, and what holds where nobody says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from daifuku.foundation.whole import whole
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.quotes.models.policy import Policy, policy
from daifuku.records.actions.settling import settle, settle_back
from daifuku.records.catalogue.types import Money, Percent
from daifuku.records.catalogue.types.base import Refused
from daifuku.staff.actions import cleaning
from daifuku.staff.models import Person, Role


def edit_policy(
    changes: Mapping[str, Any], *, by: Person, version: int | None = None, undoes: Event | None = None
) -> Policy:
    """What is not sent stays. Raises Invalid, Forbidden, Stale."""
    kind, about = "quotes.policy_changed", "quote_policy"
    return settle(Policy, changes, CLEANERS, kind, by=by, version=version, undoes=undoes, about=about)


def undo_changed(event: Event, by: Person) -> Undone:
    return settle_back(event, policy(), edit_policy, by)


def _limit(raw: Any) -> Decimal | None:
    try:
        found: Decimal | None = Percent(1).clean(None if raw is None else str(raw))
    except Refused as error:
        raise ValueError(error.message) from error
    if found is not None and not 0 <= found <= 100:
        raise ValueError(_("0から100までの数で入力してください。使わないときは空欄にします。"))
    return found


def _amount(raw: Any) -> int | None:
    try:
        found: int | None = Money().clean(raw)
    except Refused as error:
        raise ValueError(error.message) from error
    if found is not None and found <= 0:
        raise ValueError(_("0より大きい金額を入力してください。使わないときは空欄にします。"))
    return found


def _roles(raw: Any) -> list[str]:
    known = set(Role.objects.values_list("key", flat=True))
    keys = [str(key) for key in raw] if isinstance(raw, list | tuple) else []
    if not keys or not set(keys) <= known:
        raise ValueError(_("承認する役割を1つ以上選んでください。"))
    return sorted(set(keys))


def _days(raw: Any) -> int:
    days = whole(raw)
    if days is None or not 1 <= days <= 730:
        raise ValueError(_("1から730までの日数を入力してください。"))
    return days


CLEANERS: dict[str, cleaning.Cleaner] = {
    "discount_limit": _limit,
    "margin_limit": _limit,
    "amount_limit": _amount,
    "approvers": _roles,
    "valid_days": _days,
    "payment": cleaning.text(200),
}
