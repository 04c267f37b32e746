"""How accounts stand to each other: the supplier of, in one group with, introduced by, partner, billed instead."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Account, Relation
from daifuku.foundation.errors import ChangedSince, Conflict, FieldProblem, Invalid, NotFound
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records.actions.editing import locked
from daifuku.records.catalogue.types import RecordLink, Refused
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of


def relate(
    source: Account,
    target: Account | str,
    kind: str,
    *,
    by: Person,
    note: str = "",
    incoming: bool = False,
    undoes: Event | None = None,
) -> Relation:
    """Says that `source` is the `kind` of `target`; with `incoming` that `target` is the `kind` of `source`.

    Who may change `source` may. Raises Invalid, Conflict (known already), Forbidden, NotFound.
    """
    viewer = viewer_of(by)
    with ledger.writing():
        source = locked(source, viewer, "edit")
        try:
            other = RecordLink("account").clean(getattr(target, "uid", target), viewer)
        except Refused as error:
            raise Invalid([FieldProblem("target", error.message, code=error.code)]) from error
        _must_fit(source, other, kind)
        ends = {"source": other, "target": source} if incoming else {"source": source, "target": other}
        row, fresh = Relation.objects.get_or_create(
            **ends, kind=kind, defaults={"note": clean_text(note)[:200]}
        )
        if not fresh:
            raise Conflict(_("この関係はすでに登録されています。"), code="related", field="target")
        ledger.record("account.related", by=by, about=_about(row), data=_data(row), undoes=undoes)
    return row


def _must_fit(source: Account, other: Account | None, kind: str) -> None:
    problems = []
    if other is None:
        problems.append(FieldProblem("target", _("相手の取引先を選んでください。"), code="required"))
    elif other.pk == source.pk:
        problems.append(FieldProblem("target", _("自分自身との関係は登録できません。"), code="itself"))
    if kind not in Relation.Kind.values:
        problems.append(FieldProblem("kind", _("関係を選んでください。"), code="choice"))
    if problems:
        raise Invalid(problems)


def unrelate(relation: Relation, *, by: Person, undoes: Event | None = None) -> None:
    """Takes the relation away; whoever may change either account may. Raises NotFound, Forbidden."""
    viewer = viewer_of(by)
    with ledger.writing():
        row = Relation.objects.select_related("source", "target").filter(pk=relation.pk).first()
        if row is None or not all(sees(viewer, account, "view") for account in (row.source, row.target)):
            raise NotFound
        locked(row.target if sees(viewer, row.target, "edit") else row.source, viewer, "edit")
        ledger.record("account.unrelated", by=by, about=_about(row), data=_data(row), undoes=undoes)
        row.delete()


def undo_related(event: Event, by: Person) -> Undone:
    data = event.data["relation"]
    row = Relation.objects.filter(
        source_id=data["source"], target_id=data["target"], kind=data["kind"]
    ).first()
    if row is None:
        raise ChangedSince(_("この関係はすでに外されています。"))
    unrelate(row, by=by, undoes=event)
    return Undone(1)


def undo_unrelated(event: Event, by: Person) -> Undone:
    data = event.data["relation"]
    accounts = Account.objects.visible_to(by).in_bulk([data["source"], data["target"]])
    if len(accounts) < 2:
        raise NotFound
    relate(
        accounts[data["source"]],
        accounts[data["target"]],
        data["kind"],
        by=by,
        note=data["note"],
        undoes=event,
    )
    return Undone(1)


def _about(row: Relation) -> list[About]:
    return [About("account", row.source_id), About("account", row.target_id, "related")]


def _data(row: Relation) -> dict[str, Any]:
    names = {"source_name": row.source.name, "target_name": row.target.name}
    return {
        "relation": {
            "source": row.source_id,
            "target": row.target_id,
            "kind": str(row.kind),
            "note": row.note,
            **names,
        }
    }
