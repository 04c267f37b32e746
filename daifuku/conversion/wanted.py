"""What somebody wants to come of a lead, and what the firm's settings make of that."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import BranchWay, DealWay, OwnerWay, PrivateWay
from daifuku.customers.models import Account, Lead
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

NEW, NONE = "new", "none"


@dataclass(frozen=True)
class Wanted:
    """`account` is NEW, NONE or the one that is there; a new one may stand below `parent`. `contact` likewise. `deal`
    is None where the settings decide. `over` names fields of what is there that are overwritten (`account.phone`),
    `typed` holds values for new records, by object, beside those of the lead; `reason` says why a new one is made
    although one that is the same is there."""

    account: Any = NEW
    contact: Any = NEW
    deal: bool | None = None
    owner: Person | None = None
    parent: Account | None = None
    over: frozenset[str] = frozenset()
    typed: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    reason: str = ""

    def over_of(self, object_key: str) -> frozenset[str]:
        return frozenset(each.partition(".")[2] for each in self.over if each.partition(".")[0] == object_key)

    @property
    def into(self) -> tuple[str, ...]:
        """Those of the three that there will be."""
        chosen = {"account": self.account != NONE, "contact": True, "deal": bool(self.deal)}
        return tuple(key for key, there in chosen.items() if there)


def with_his_firm(wanted: Wanted, viewer: Viewer) -> Wanted:
    """Somebody who is known already keeps his firm: a new one would stand empty beside it. A firm that this person may
    not see stays unnamed, and as it is."""
    if wanted.account != NEW or isinstance(wanted.contact, str) or wanted.contact.account_id is None:
        return wanted
    firm = wanted.contact.account
    return replace(wanted, account=firm if sees(viewer, firm, "view") else NONE)


def need_there(owner: Person | None) -> None:
    """Raises Invalid: whoever left gets no new customer."""
    if owner is not None and not owner.is_active:
        sentence = _("退職した人は担当にできません。別の人を選んでください。")
        raise Invalid([FieldProblem("owner", sentence, code="left")])


def is_private(lead: Lead) -> bool:
    """Somebody who buys for himself."""
    return bool(lead.private) and not lead.company


def settled(lead: Lead, wanted: Wanted, rules: Setup, viewer: Viewer, *, by: Person) -> Wanted:
    """With the firm's settings where nothing was said, and against what was said where the firm has decided."""
    if wanted.account == NEW and is_private(lead) and rules.private == PrivateWay.CONTACT:
        wanted = replace(wanted, account=NONE)
    deal = wanted.deal if wanted.deal is not None else rules.deal_ticked
    if rules.deal == DealWay.REQUIRED:
        deal = True
    if rules.deal == DealWay.HIDDEN or (rules.deal == DealWay.OPTIONAL and not viewer.may("deal", "create")):
        deal = False
    owner = wanted.owner if rules.owner_open else None
    if owner is None:
        kept = lead.owner if lead.owner is not None and lead.owner.is_active else by
        owner = by if rules.owner == OwnerWay.CONVERTER else kept
    parent = wanted.parent if wanted.account == NEW else None
    if wanted.account == NEW and parent is None and rules.branches == BranchWay.BRANCH:
        parent = head_of(lead, viewer)
    return replace(wanted, deal=deal, owner=owner, parent=parent)


def head_of(lead: Lead, viewer: Viewer) -> Account | None:
    """The firm with the same 法人番号 that stands highest."""
    if not lead.corporate_number:
        return None
    rows = Account.objects.visible_to(viewer).filter(corporate_number=lead.corporate_number)
    found: Account | None = rows.order_by("parent_id", "pk").first()
    return found if found is not None and sees(viewer, found, "view") else None
