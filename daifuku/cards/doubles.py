"""Whom a card may belong to already: people and firms, with what matches, the likeliest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from daifuku.cards.models import How
from daifuku.customers import same
from daifuku.customers.objects.lead import LEAD
from daifuku.customers.same import Candidate
from daifuku.dedupe.lookup import candidates
from daifuku.dedupe.matching.scoring import SURE
from daifuku.foundation.phone import digits
from daifuku.staff.viewer import Viewer

MOST = 6
# What colleagues have in common as well; and what is one person's own.
OF_THE_FIRM, OWN = frozenset({"company", "domain", "phone", "site"}), frozenset({"email", "mobile"})


@dataclass(frozen=True)
class Double:
    """`proposed` is what the card most probably is, if this is whom it belongs to."""

    found: Candidate
    proposed: str

    @property
    def reference(self) -> str:
        return f"{self.found.record.object_key}:{self.found.record.uid}"


def doubles_of(values: Mapping[str, str], viewer: Viewer) -> list[Double]:
    """A customer who is a lead again is named once, as the lead that people work with now."""
    found = candidates(LEAD, values, viewer, most=2 * MOST)
    known = same.known_among(each.record for each in found)
    again = {key for (kind, key), _lead in known if kind == "contact"}
    people = [each for each in found if each.record.object_key != "contact" or each.record.pk not in again]
    return [Double(each, _proposed(each, values)) for each in people[:MOST]]


def _proposed(found: Candidate, values: Mapping[str, str]) -> str:
    """The name, and the firm or an address of his own: him. The name elsewhere: moved. The firm: a new colleague."""
    kinds = set(found.kinds)
    if found.record.object_key == "account":
        return How.COLLEAGUE
    if "person" in kinds and _elsewhere(found, values):
        return How.MOVED
    if found.verdict == SURE or ("person" in kinds and kinds & (OF_THE_FIRM | OWN)):
        return How.SAME
    if "person" in kinds:
        return How.MOVED
    return How.COLLEAGUE if kinds & OF_THE_FIRM else How.NEW


def _elsewhere(found: Candidate, values: Mapping[str, str]) -> bool:
    """The card names another firm, and nothing that goes with a firm is the same: only his own mobile number is."""
    firm = getattr(found.record, "company", "") or getattr(found.record, "account", None)
    kinds = set(found.kinds)
    mobile = digits(values.get("mobile", ""))
    if mobile and mobile == digits(found.record.mobile):
        kinds.discard("phone")
    return bool(firm and values.get("company")) and not kinds & {*OF_THE_FIRM, "email"}


def likeliest(found: list[Double]) -> Double | None:
    """The one that is chosen from the start; a mere name, firm or number chooses nothing about the person by itself."""
    return next((each for each in found if each.proposed == How.SAME or _is_him_elsewhere(each)), None)


def _is_him_elsewhere(double: Double) -> bool:
    return double.proposed == How.MOVED and not {*OWN, "phone"}.isdisjoint(double.found.kinds)
