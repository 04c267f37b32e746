"""What somebody chose on the page: which account, which contact, a deal or none, whose it will be."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from daifuku.conversion.actions.converting import gone
from daifuku.conversion.alike import Proposed
from daifuku.conversion.models import Setup
from daifuku.conversion.models.setup import PrivateWay
from daifuku.conversion.wanted import NEW, NONE, Wanted, head_of, is_private, with_his_firm
from daifuku.customers.models import Lead
from daifuku.foundation.errors import DomainError
from daifuku.foundation.japanese import clean_text
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.scope import seen_by_uid
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer

OTHER, BRANCH = "other", "branch:"
OBJECTS = ("account", "contact")


@dataclass
class Chosen:
    """`words` are what stands in the inputs; `problems` what of it cannot be, by input."""

    wanted: Wanted
    words: dict[str, str] = field(default_factory=dict)
    problems: dict[str, DomainError] = field(default_factory=dict)


def start(lead: Lead, proposed: dict[str, list[Proposed]], rules: Setup, viewer: Viewer) -> Chosen:
    """As the page opens: what is certainly the same is chosen, else something new."""
    words: dict[str, Any] = {}
    given: dict[str, Any] = {}
    for key in OBJECTS:
        sure = next((each.record for each in proposed[key] if each.sure), None)
        words[key], given[key] = (str(sure.uid), sure) if sure is not None else (NEW, NEW)
    given["account"] = with_his_firm(Wanted(**given), viewer).account
    if words["account"] == NEW and given["account"] != NEW:
        words["account"] = NONE if given["account"] == NONE else str(given["account"].uid)
    if given["account"] == NEW and is_private(lead) and rules.private == PrivateWay.CONTACT:
        words["account"] = given["account"] = NONE
    if words["account"] == NEW and rules.branches == "branch" and (head := head_of(lead, viewer)) is not None:
        words["account"] = f"{BRANCH}{head.uid}"
        return Chosen(Wanted(**given, parent=head), words)
    return Chosen(Wanted(**given), words)


def read(sent: QueryDict, viewer: Viewer) -> Chosen:
    """What was sent. What is no longer there is a problem, and everything else stays chosen."""
    words = {key: sent.get(key, NEW) for key in OBJECTS}
    problems: dict[str, DomainError] = {}
    parent = None
    given: dict[str, Any] = {}
    for key in OBJECTS:
        word = words[key]
        if word == OTHER:
            word = sent.get(f"other_{key}", "")
        if key == "account" and word.startswith(BRANCH):
            parent = _found(key, word.removeprefix(BRANCH), viewer, problems)
            given[key] = NEW
        elif word in {NEW, NONE}:
            given[key] = word if key == "account" else NEW
        else:
            given[key] = _found(key, word, viewer, problems) or NEW
    owner = None
    if (uid := as_uid(sent.get("owner", ""))) is not None:
        owner = Person.objects.filter(uid=uid).first()
        words["owner"] = str(uid)
    wanted = Wanted(
        given["account"], given["contact"], sent.get("deal") == "1", owner, parent,
        frozenset(sent.getlist("over")), reason=clean_text(sent.get("reason", "")),
    )  # fmt: skip
    return Chosen(wanted, words, problems)


def _found(key: str, word: str, viewer: Viewer, problems: dict[str, DomainError]) -> Any:
    uid: uuid.UUID | None = as_uid(word)
    record = seen_by_uid(registry.get(key).model, uid, viewer, trashed=True) if uid else None
    if record is None or record.trashed_at is not None:
        problems[key] = gone(key, str(record) if record is not None else "")
        return None
    return record
