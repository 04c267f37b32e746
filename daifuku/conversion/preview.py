"""The page before trading begins: three columns with every value of the lead, where it goes, and what would be lost."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from daifuku.conversion import carrying
from daifuku.conversion.mapping.drafting import Draft, Lost, Piece
from daifuku.conversion.models import Setup
from daifuku.conversion.wanted import NEW, Wanted
from daifuku.conversion.writing import filling
from daifuku.customers.models import Lead
from daifuku.deals import processes, ways
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.scope import sees
from daifuku.staff.viewer import Viewer

# How a value arrives: in a new record, in an empty field, behind what is there, over it; or it is there, or does not.
MADE, FILLED, APPENDED, OVER, SAME, KEPT = "made", "filled", "appended", "over", "same", "kept"
DEALS_OWN = ("name", "close_on", "amount", "process")


@dataclass(frozen=True)
class Row:
    """One field of the lead in one column. `there` is what stands in the chosen record now."""

    piece: Piece
    state: str
    there: str = ""

    @property
    def name(self) -> str:
        return f"{self.piece.rule.object}.{self.piece.target.key}"

    @property
    def may_be_over(self) -> bool:
        return self.state in {KEPT, OVER}


@dataclass
class Column:
    """What would become account, contact or deal. `record` is the one that is there, None for a new one."""

    key: str
    record: Any = None
    there: bool = True
    rows: list[Row] = field(default_factory=list)
    hidden: int = 0
    locked: bool = False

    @property
    def label(self) -> str:
        return registry.get(self.key).name

    @property
    def new(self) -> bool:
        return self.there and self.record is None


def columns(draft: Draft, wanted: Wanted, viewer: Viewer) -> list[Column]:
    into = wanted.into
    chosen = {"account": wanted.account, "contact": wanted.contact, "deal": NEW}
    found = []
    for key, choice in chosen.items():
        record = choice if not isinstance(choice, str) else None
        column = Column(key, record, key in into)
        if column.there:
            _fill(column, draft, wanted, viewer)
        found.append(column)
    return found


def _fill(column: Column, draft: Draft, wanted: Wanted, viewer: Viewer) -> None:
    """Only what this person may see; the rest goes along unseen."""
    mine = vocabulary.fields_for(viewer, "lead")
    theirs = vocabulary.fields_for(viewer, column.key)
    column.locked = column.record is not None and not sees(viewer, column.record, "edit")
    for key, piece in draft.pieces[column.key].items():
        if piece.source.key not in mine or key not in theirs:
            column.hidden += 1
            continue
        column.rows.append(_row(column, piece, wanted))


def _row(column: Column, piece: Piece, wanted: Wanted) -> Row:
    if column.record is None:
        return Row(piece, MADE)
    there = piece.target.get(column.record)
    text = "" if piece.target.type.is_empty(there) else str(piece.target.type.display(there))
    if piece.target.type.same(there, piece.value):
        return Row(piece, SAME, text)
    if column.locked:
        return Row(piece, KEPT, text)
    if filling(column.record, piece, wanted.over_of(column.key)) is None:
        return Row(piece, KEPT, text)
    return Row(piece, FILLED if not text else APPENDED if piece.append else OVER, text)


def opens(lead: Lead, wanted: Wanted) -> bool:
    """Would what only some may see of the lead hang on a customer whom more people see?"""
    account = wanted.account
    return bool(lead.privacy) and not isinstance(account, str) and account.privacy != lead.privacy


def lost(draft: Draft, viewer: Viewer) -> list[Lost]:
    mine = vocabulary.fields_for(viewer, "lead")
    return [each for each in draft.lost if each.source.key in mine]


def asked(key: str, draft: Draft, viewer: Viewer, more: Collection[str] = ()) -> list[Field]:
    """What a new record needs and the lead does not bring, and what was refused (`more`)."""
    editable = vocabulary.editable_for(viewer, key)
    own: Iterable[str] = ()
    if key == "deal":
        process = processes.book().usual
        own = (*DEALS_OWN, *ways.needed_in(process, process.first)) if process.stages else DEALS_OWN
    links = {"account", "contact", "lead", "owner"}
    wanted = {
        name
        for name, each in editable.items()
        if name in own
        or name in more
        or (each.required and name not in draft.pieces[key] and each.default is None)
    }
    if key == "account" and "name" not in more:
        wanted.discard("name")
    return [editable[name] for name in editable if name in wanted - links]


@dataclass(frozen=True)
class Followed:
    """What hangs on the lead, how much, and where it goes."""

    label: Any
    count: int
    words: str


def following(lead: Lead, rules: Setup, wanted: Wanted) -> list[Followed]:
    found = []
    for kind in carrying.every():
        count = kind.count(lead)
        if count:
            found.append(Followed(kind.label, count, way_words(carrying.way_of(kind, rules.carry), wanted)))
    return found


def way_words(word: str, wanted: Wanted | None = None) -> str:
    """Where something goes, said; a deal or an account that there is not gives way to what there is."""
    if word == carrying.STAY:
        return _("見込み客に残す")
    if word == carrying.FOLLOW:
        return _("引き継ぐ")
    if wanted is not None and word not in wanted.into:
        word = "account" if "account" in wanted.into else "contact"
    return _("%(object)sへ移す") % {"object": registry.get(word).name}


def problems_of(problems: Iterable[Any]) -> Mapping[str, set[str]]:
    """Fields that a refusal names, by object."""
    found: dict[str, set[str]] = {}
    for problem in problems:
        object_key, _dot, name = problem.field.partition(".")
        found.setdefault(object_key, set()).add(name)
    return found
