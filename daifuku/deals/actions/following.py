"""A deal goes where its documents put it, and back again where they are taken back. Nobody types it.

The rooms of quotes, orders and payments call `follow` inside the transaction in which something about their documents
changed, and say in `standing` what there is of them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any

from daifuku.deals import processes
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import LOST
from daifuku.deals.objects.deal import DEAL
from daifuku.deals.objects.following import came_into
from daifuku.ledger import writing as ledger
from daifuku.ledger.models import Event
from daifuku.records import derived
from daifuku.records.actions.editing import apply, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas.filling import fill
from daifuku.records.formulas.spreading import spread
from daifuku.records.undoing import put_back
from daifuku.staff.models import Person

# In the order in which they come.
DOCUMENTS = ("quote", "order", "delivery", "payment")
# Keys of deals -> which documents each of them has that count. An accepted quote is as good as an order.
standing: list[Callable[[Sequence[int]], Mapping[int, Collection[str]]]] = []


def follow(
    keys: Iterable[int | None],
    *,
    by: Person | None,
    came: str = "",
    values: Mapping[str, Any] | None = None,
) -> None:
    """`came` is the document that is there now, "" where one is gone; `values` fill what is still empty on the deal.

    A deal never goes back because something came, and one whose process has no such stage stays where it is. Whoever
    writes the document need not be in charge of the deal; the customer himself, at his link, is nobody (`by` None).
    """
    wanted = sorted({key for key in keys if key is not None})
    if not wanted:
        return
    found: dict[int, set[str]] = {key: set() for key in wanted}
    for ask in standing:
        for key, documents in ask(wanted).items():
            found[key] |= set(documents)
    rows = Deal.plain.select_for_update(of=("self",), no_key=True).filter(
        pk__in=wanted, trashed_at__isnull=True
    )
    for deal in rows.select_related("owner").order_by("pk"):
        back = _go_back(deal, found[deal.pk], by)
        if came or back:
            latest = DOCUMENTS.index(came) if came else len(DOCUMENTS)
            _go_on(deal, found[deal.pk] & set(DOCUMENTS[: latest + 1]), by, values or {})


def _go_back(deal: Deal, documents: Collection[str], by: Person | None) -> bool:
    """As long as it stands in its stage because of a document that is there no more."""
    gone = False
    while (line := came_into(deal)) is not None:
        document, old = line.data.get("document", ""), line.changes["stage"][0]
        if not document or document in documents or processes.stage(old or "") is None:
            break
        fields = vocabulary.fields_of("deal")
        back = {
            key: fields[key].type.for_column(fields[key].type.from_json(before))
            for key, (before, after) in line.changes.items()
            if key in fields and not fields[key].momentary and fields[key].json(deal) == after
        }
        with put_back():
            _write(deal, back, document, by, undoes=line)
        gone = True
    return gone


def _go_on(deal: Deal, documents: Collection[str], by: Person | None, values: Mapping[str, Any]) -> None:
    process, now = processes.process(deal.process), processes.stage(deal.stage)
    reached = [stage for name in documents if process and (stage := process.following(name))]
    target = max(reached, key=lambda stage: stage.place, default=None)
    if target is None or now is None or (now.kind != LOST and now.place >= target.place):
        return
    fields = vocabulary.fields_of("deal")
    empty = {key: value for key, value in values.items() if fields[key].type.is_empty(fields[key].get(deal))}
    _write(deal, {**empty, "stage": target.key}, target.follows, by)


def _write(
    deal: Deal, values: dict[str, Any], document: str, by: Person | None, undoes: Event | None = None
) -> None:
    """Like any change of a deal, but the document is the proof: no rule of the process is asked."""
    done = apply(deal, values, vocabulary.fields_of("deal"))
    DEAL.prepare(deal, frozenset(done))
    fill(DEAL, deal)
    deal.was = {"process": deal.process, "stage": deal.stage, "state": deal.state}
    stamp(deal)
    deal.save()
    derived.keep(DEAL, [deal])
    person = by or deal.owner or deal.created_by
    if person is not None:
        DEAL.follow([(deal, frozenset(done))], person)
    spread(DEAL, [(deal, done)])
    ledger.record(
        DEAL.event("edited"), by=by, about=about(DEAL, deal), data={"changes": done, "document": document},
        undoes=undoes,
    )  # fmt: skip
