"""The step that all verbs of a quote share: it is held, its state changes, the line says so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, Conflict
from daifuku.ledger import writing as ledger
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.quotes import of_deals
from daifuku.quotes.models import Quote
from daifuku.quotes.models.quote import ACCEPTED, ISSUED
from daifuku.quotes.objects.quote import QUOTE
from daifuku.records import derived
from daifuku.records.actions.editing import locked, stamp
from daifuku.records.actions.saving import about
from daifuku.records.catalogue import vocabulary
from daifuku.records.formulas.spreading import spread
from daifuku.records.undoing import subject_of
from daifuku.staff.models import Person
from daifuku.staff.viewer import viewer_of

# Of all versions of an offer one at most stands so.
HOLDS = frozenset({ISSUED, ACCEPTED})


def held(quote: Quote, by: Person, action: str = "edit") -> Quote:
    """As it stands now, until the transaction ends. Raises NotFound, Forbidden."""
    fresh: Quote = locked(quote, viewer_of(by), action)
    return fresh


def put(
    quote: Quote,
    kind: str,
    values: Mapping[str, Any],
    *,
    by: Person | None,
    data: Mapping[str, Any] | None = None,
    undoes: Event | None = None,
) -> Event:
    """Sets the columns and writes the line. Inside `ledger.writing()`, with the quote held."""
    fields = vocabulary.fields_of("quote")
    changes = {}
    for name, value in values.items():
        old = fields[name].json(quote)
        setattr(quote, name, value)
        changes[name] = [old, fields[name].json(quote)]
    stamp(quote)
    quote.save()
    derived.keep(QUOTE, [quote])
    if by is not None:
        QUOTE.follow([(quote, frozenset(changes))], by)
    else:
        of_deals.after_save([(quote, frozenset(changes))], None)
    spread(QUOTE, [(quote, changes)])
    return ledger.record(
        kind, by=by, about=about(QUOTE, quote), data={"changes": changes, **(data or {})}, undoes=undoes
    )


def need_state(quote: Quote, *states: str, sentence: Any = None) -> None:
    if quote.state not in states:
        raise Conflict(
            sentence or _("見積の状態が変わりました。画面を開き直して確認してください。"), code="state"
        )


def undo_step(event: Event, by: Person) -> Undone:
    """Puts the state back where nobody has gone on from it: no other version holds or was accepted by now."""
    quote, fields = subject_of(event), vocabulary.fields_of("quote")
    with ledger.writing():
        fresh = held(quote, by)
        if any(fields[name].json(fresh) != new for name, (_old, new) in event.changes.items()):
            raise ChangedSince
        back = {name: fields[name].type.from_json(old) for name, (old, _new) in event.changes.items()}
        back = {name: fields[name].type.for_column(value) for name, value in back.items()}
        others = Quote.plain.filter(Q(pk=fresh.root_id) | Q(first_id=fresh.root_id), trashed_at__isnull=True)
        if back.get("state") in HOLDS and others.exclude(pk=fresh.pk).filter(state__in=HOLDS).exists():
            raise ChangedSince
        put(fresh, event.kind, back, by=by, undoes=event)
    return Undone(1)
