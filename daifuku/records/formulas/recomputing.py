"""Works out computed fields of all records anew: when a formula changed, every night, when very many depend on one."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from daifuku.jobs import queue
from daifuku.ledger import writing as ledger
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.types import COMPUTED
from daifuku.records.formulas.spreading import AT_ONCE, keys_reached, recompute
from daifuku.records.models import CustomField

TELLING = frozenset({"options", "retired", "type"})


def bring_about(row: CustomField, done: Any, *, by: Any) -> None:
    """Call inside the transaction that changed a field: what is computed, and what is computed from it, follows."""
    if TELLING & set(done):
        own = {row.object} if row.type in COMPUTED and row.retired_at is None else set()
        follow(row.object, row.key, row.label, by=by, also=own)


def follow(object_key: str, key: str, name: str, *, by: Any, also: Collection[str] = ()) -> None:
    """What is computed from this field is worked out anew on all records."""
    objects = {each.object for each in vocabulary.plan().telling_of(object_key, key)} | set(also)
    for each in sorted(objects):
        again(each, by=by, title=_("計算のやり直し: %(field)s") % {"field": name})


def again(object_key: str, *, by: Any, title: str) -> None:
    """All records of this kind: a few at once, many in a job."""
    keys = list(
        registry.get(object_key).model.plain.order_by("pk").values_list("pk", flat=True)[: AT_ONCE + 1]
    )
    if len(keys) <= AT_ONCE:
        recompute(object_key, keys)
    else:
        queue.enqueue("records.compute", {"object": object_key}, by=by, title=title)


def run(running: Any) -> None:
    """The job. Begun again after a kill, it goes on behind the last batch that was kept."""
    from daifuku.records.actions.many import Batches
    from daifuku.records.rewriting import keys_of

    payload, after = running.payload, running.state.get("after", 0)
    object_key, wanted = payload["object"], _wanted(running.payload)
    if not after:
        running.expect(registry.get(object_key).model.plain.filter(wanted).count())
    for batch in Batches(keys_of(object_key, wanted & Q(pk__gt=after))):
        with ledger.writing():
            recompute(object_key, batch)
            running.state["after"] = batch[-1]
            running.advance(len(batch))


def _wanted(payload: dict[str, Any]) -> Q:
    if "keys" not in payload:
        return Q()
    if not payload["links"]:
        return Q(pk__in=payload["keys"])
    return Q(pk__in=keys_reached(payload["object"], payload["links"], payload["keys"]))


def wake_restless() -> None:
    """Every night: what speaks of today is another one tomorrow, and roll-ups are counted anew."""
    with ledger.writing(), vocabulary.steady():
        for object_key in sorted({each.object for each in vocabulary.plan().every() if each.restless}):
            title = _("計算のやり直し: %(object)s") % {"object": registry.get(object_key).name}
            queue.enqueue("records.compute", {"object": object_key}, by=None, title=title)


def anybody_restless() -> bool:
    return any(each.restless for each in vocabulary.plan().every())
