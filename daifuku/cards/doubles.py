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
    return [Double(each, _proposed(each)) for each in people[:MOST]]


def _proposed(found: Candidate) -> str:
    """The name, and the firm or an address of his own: him. The name elsewhere: moved. The firm: a new colleague."""
    kinds = set(found.kinds)
    if found.record.object_key == "account":
        return How.COLLEAGUE
    if found.verdict == SURE or ("person" in kinds and kinds & (OF_THE_FIRM | OWN)):
        return How.SAME
    if "person" in kinds:
        return How.MOVED
    return How.COLLEAGUE if kinds & OF_THE_FIRM else How.NEW


def likeliest(found: list[Double]) -> Double | None:
    """The one that is chosen from the start; a mere firm or number chooses nothing about the person by itself."""
    return next((each for each in found if each.proposed == How.SAME), None)
