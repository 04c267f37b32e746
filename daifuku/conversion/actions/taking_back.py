"""開始を取り消す: all is what it was before; what was changed since stays and is said."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from daifuku.activities.of_deals import brought
from daifuku.conversion import blocking, carrying
from daifuku.conversion.models import Conversion
from daifuku.conversion.models.setup import setup
from daifuku.conversion.who import may_begin
from daifuku.conversion.writing import save
from daifuku.foundation.errors import Conflict, Forbidden, NotFound
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment, through
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.records.actions.editing import Changes, apply
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.scope import sees
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of


@dataclass
class Back:
    """What stays as it is, because somebody changed it since: `(record, names of its fields)`, and rows by kind."""

    line: Event
    fields: list[tuple[Any, list[str]]] = field(default_factory=list)
    rows: dict[str, list[int]] = field(default_factory=dict)

    @property
    def kept(self) -> list[tuple[int, str]]:
        named = [(record.pk, name) for record, names in self.fields for name in names]
        return named + [(key, kind) for kind, keys in self.rows.items() for key in keys]


def take_back(conversion: Conversion, *, by: Person) -> Back:
    """Raises Conflict (`blocked`: something hangs on what was made, and would lose its customer; `already_undone`;
    `erased`), Forbidden, NotFound."""
    viewer = viewer_of(by)
    with ledger.writing():
        conversion = _held(conversion, viewer)
        _need_free(conversion, viewer)
        lead = (
            type(conversion.lead)
            .plain.select_for_update(of=("self",), no_key=True)
            .get(pk=conversion.lead_id)
        )
        with through(cause=conversion.event), undoing.put_back():
            about = [ledger.About("lead", lead.pk)]
            back = Back(ledger.record("lead.unconverted", by=by, about=about, undoes=conversion.event))
            back.rows = carrying.back_all(conversion.carried, by)
            for object_key, changes in conversion.filled.items():
                names = _put_back(conversion.record(object_key), changes, by=by, viewer=viewer)
                if names:
                    back.fields.append((conversion.record(object_key), names))
            if "deal" in conversion.made and conversion.deal is not None:
                for task in brought(conversion.deal):
                    _away(task, by=by)
            for object_key in ("deal", "contact", "account"):
                if object_key in conversion.made:
                    _away(conversion.record(object_key), by=by)
            was, lead.converted_at = lead.converted_at, None
            save(lead, {"converted_at": [was and was.isoformat(), None]}, by=by, kind="")
        conversion.undone_at, conversion.undone_by = moment(), by
        conversion.save(update_fields=["undone_at", "undone_by"])
    return back


def undo_converted(event: Event, by: Person) -> Undone:
    """As the ledger asks for it: 「元に戻す」 beside the line."""
    conversion = Conversion.objects.filter(event=event).first()
    if conversion is None:
        raise NotFound
    return Undone(1, take_back(conversion, by=by).kept)


def changed_since(conversion: Conversion, viewer: Viewer) -> list[tuple[Any, list[str]]]:
    """For the page before it: records whose fields were changed since, with the names of those fields, as far as this
    person sees them."""
    found = []
    for object_key, changes in conversion.filled.items():
        record, fields = conversion.record(object_key), vocabulary.fields_for(viewer, object_key)
        if not sees(viewer, record, "view"):
            continue
        names = [
            fields[key].name
            for key, (_old, new) in changes.items()
            if key in fields and fields[key].json(record) != new
        ]
        if names:
            found.append((record, names))
    return found


def edited_since(conversion: Conversion) -> list[Any]:
    """What was made new and changed since: it goes into the trash as it is now."""
    return [
        record
        for key in conversion.made
        if (record := conversion.record(key)) is not None and record.version > 1
    ]


def may_take_back(conversion: Conversion, viewer: Viewer) -> bool:
    return (
        conversion.undone_at is None
        and not conversion.sealed
        and may_begin(viewer, setup())
        and sees(viewer, conversion.lead, "edit")
    )


def _held(conversion: Conversion, viewer: Viewer) -> Conversion:
    rows = Conversion.objects.select_for_update(of=("self",)).select_related(
        "lead", "account", "contact", "deal", "event"
    )
    fresh = rows.filter(pk=conversion.pk).first()
    if fresh is None or not sees(viewer, fresh.lead, "view"):
        raise NotFound
    if fresh.undone_at is not None:
        raise Conflict(_("この取引の開始は、すでに取り消されています。"), code="already_undone")
    if fresh.sealed:
        raise Conflict(_("個人情報が消去されているため、取り消せません。"), code="erased")
    if not may_take_back(fresh, viewer):
        raise Forbidden
    return fresh


def _need_free(conversion: Conversion, viewer: Viewer) -> None:
    found = blocking.of(conversion, viewer)
    if not found:
        return
    words = _("、").join(each.words for each in found[:8])
    sentence = _(
        "この取引の開始から作られた記録に、その後に登録されたものがあるため、取り消せません: %(what)s"
    )
    raise Conflict(sentence % {"what": words}, code="blocked")


def _put_back(record: Any, changes: Changes, *, by: Person, viewer: Viewer) -> list[str]:
    """Where the new value still stands; returns the names of the fields that somebody changed since."""
    rows = type(record).plain.select_for_update(of=("self",), no_key=True)
    fresh, fields = rows.get(pk=record.pk), vocabulary.fields_of(record.object_key)
    known = {key: pair for key, pair in changes.items() if key in fields}
    still = {key: old for key, (old, new) in known.items() if fields[key].json(fresh) == new}
    done = apply(fresh, {key: fields[key].type.from_json(old) for key, old in still.items()}, fields)
    if done:
        registry.of(fresh).prepare(fresh, frozenset(done))
        save(fresh, done, by=by, kind="edited")
    shown = vocabulary.fields_for(viewer, record.object_key)
    return [fields[key].name for key in known if key not in still and key in shown]


def _away(record: Any, *, by: Person) -> None:
    """Into the trash, by the right of whoever may take the conversion back."""
    fresh = type(record).plain.select_for_update(of=("self",), no_key=True).get(pk=record.pk)
    if fresh.trashed_at is not None:
        return
    registry.of(fresh).need_free(fresh)
    fresh.trashed_at = moment()
    save(fresh, {}, by=by, kind="trashed")
