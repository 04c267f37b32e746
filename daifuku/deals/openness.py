"""A deal is never more open than its customer, nor than it says itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from daifuku.customers import openness
from daifuku.customers.objects.account import ACCOUNT
from daifuku.customers.objects.lead import LEAD
from daifuku.customers.openness import Hands
from daifuku.deals.models import Deal
from daifuku.foundation.errors import FieldProblem
from daifuku.foundation.portions import portions
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.formulas.spreading import PRIVACY, spread
from daifuku.records.models import Record
from daifuku.records.undoing import taking_back
from daifuku.staff.viewer import Viewer

TEAM, PRIVATE = Record.Privacy.TEAM.value, Record.Privacy.PRIVATE.value
HOW = ("", TEAM, PRIVATE)
ASKED = frozenset({"account", "contact", "lead", "team", "privacy"})
# Told of deals that followed their customers, in the same transaction. Areas above add to it.
FOLLOWED: list[Callable[[Sequence[int]], None]] = []


def register() -> None:
    for link, customer in (("account", ACCOUNT), ("lead", LEAD)):
        customer.after_save.append(openness.follow_customer(link, [Deal], put=put_rows))


def take_customer(deal: Deal, changed: frozenset[str]) -> None:
    """Keeps what the deal says itself, and closes it as far as its customer is closed."""
    new = deal.pk is None
    if new or "privacy" in changed:
        deal.own_privacy = deal.privacy
    if new or "team" in changed:
        deal.own_team_id = deal.team_id
    customer = deal.account or deal.lead if new or changed & ASKED else None
    if customer is not None:
        hands = openness.hands_of(customer)
        if "privacy" in changed and taking_back() and _was_his(deal, hands):
            deal.own_privacy = ""
        openness.put(deal, gets(deal, hands))


def _was_his(deal: Deal, hands: Hands) -> bool:
    """Whether what is put back was the customer's, and the deal said nothing itself: with its own team it could not
    have been that."""
    return deal.privacy == hands.privacy != gets(deal, hands).privacy


def gets(deal: Deal, hands: Hands) -> Hands:
    """One that says nothing itself is in the hands of its closed customer. What two teams keep from all others, each
    for itself, stays with whoever is in charge of the deal."""
    if not hands.privacy:
        return Hands(None, deal.own_team_id, deal.own_privacy)
    if not deal.own_privacy:
        return hands
    alike = (deal.own_privacy, deal.own_team_id) == (TEAM, hands.team) and hands.privacy == TEAM
    return Hands(None, deal.own_team_id, TEAM if alike else PRIVATE)


def put_rows(rows: Any, hands: Hands) -> None:
    """The same for all deals of customers in these hands."""
    moved = rows if hands.privacy else rows.exclude(privacy=F("own_privacy"))
    for part in portions(list(moved.order_by("pk").values_list("pk", flat=True))):
        deals = Deal.plain.filter(pk__in=part)
        _put(deals, hands)
        if vocabulary.plan().hears("deal"):
            spread(registry.get("deal"), [(deal, {PRIVACY: [None, None]}) for deal in deals])
        for told in FOLLOWED:
            told(part)


def _put(deals: Any, hands: Hands) -> None:
    if not hands.privacy:
        deals.update(keeper=None, team=F("own_team"), privacy=F("own_privacy"))
        return
    openness.put_rows(deals.filter(own_privacy=""), hands)
    own = deals.exclude(own_privacy="")
    own.update(keeper=None, team=F("own_team"), privacy=PRIVATE)
    if hands.privacy == TEAM:
        own.filter(own_privacy=TEAM, own_team=hands.team).update(privacy=TEAM)


# Inside the write once more: since the customer was fetched, somebody may have made him private.
keep_as_closed = partial(openness.keep_as_open, asked=ASKED, gets=gets)


def no_wider(deal: Deal, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Whoever opens a deal is told why it stays closed. What is new, or comes with another customer, is just closed."""
    if "privacy" not in changed or deal.pk is None or taking_back():
        return
    customer = deal.account or deal.lead
    if customer is None or changed & {"account", "contact", "lead"}:
        return
    if HOW.index(deal.own_privacy) < HOW.index(customer.privacy):
        sentence = _(
            "%(object)sの公開範囲が「%(privacy)s」のため、商談だけをそれより広くはできません。先に%(object)sの公開範囲を変えてください。"
        )
        words = {"object": registry.of(customer).name, "privacy": customer.get_privacy_display()}
        yield FieldProblem("privacy", sentence % words, code="wider")
