"""A record's history, read from the ledger: who did what, when, with old and new values."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from daifuku.foundation.sql.prepared import Prepared, PreparedByKeys, Told, ask_ahead
from daifuku.ledger import kinds
from daifuku.ledger.models import Event, Subject
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import RecordLink
from daifuku.records.scope import seen_by_keys
from daifuku.records.showing import hidden_name
from daifuku.staff.viewer import Viewer

SIZE = 30
# A line with more changes than this shows how many there are; which ones is asked when somebody unfolds them.
UNFOLDED = 3
# What a line belongs to, for the filter above the timeline: a group has words and beginnings of kinds' names.
GROUPS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "comments": (gettext_lazy("コメント"), ("comment.",)),
    "files": (pgettext_lazy("many", "ファイル"), ("file.",)),
}
# Through which door it came, where that is worth a word.
VIA = {
    "import": gettext_lazy("取り込み"),
    "api": "API",
    "phone": gettext_lazy("スマートフォン"),
    "rule": gettext_lazy("自動"),
    "mail": gettext_lazy("メール"),
}
SUBJECTS = PreparedByKeys(Subject.objects.filter(role=Subject.MAIN), by="event_id")
UNDONE = PreparedByKeys(Event.objects.values_list("undoes_id", flat=True), by="undoes_id")
Body = Callable[[Event, Viewer], "dict[str, Any] | None"]
_bodies: dict[str, tuple[str, Body]] = {}


def group_words() -> tuple[tuple[str, str], ...]:
    """The word of each group in an address, and what people read."""
    return tuple([(word, str(label)) for word, (label, _beginnings) in GROUPS.items()])


def show_body(kind: str, template: str, body: Body) -> None:
    """Lines of this kind show more than their sentence: `template` with what `body` returns as `body`."""
    _bodies[kind] = (template, body)


@dataclass
class Change:
    label: str
    old: str
    new: str


@dataclass
class Entry:
    """`fields` are those that changed; `changes` are worked out where they stand open, else it is `folded`."""

    event: Event
    icon: str
    sentence: str
    fields: Sequence[Field] = ()
    changes: list[Change] = field(default_factory=list)
    template: str = ""
    body: dict[str, Any] | None = None
    undoable: bool = False

    @property
    def folded(self) -> bool:
        return len(self.fields) > len(self.changes)

    @property
    def labels(self) -> list[str]:
        return [each.name for each in self.fields]

    @property
    def via_words(self) -> str:
        return str(VIA.get(self.event.via, ""))


def entries(
    record: Any, viewer: Viewer, *, before: int | None = None, group: str = "", line: int | None = None
) -> tuple[list[Entry], int | None]:
    """The newest lines about the record, and the key below which the next ones begin; of one `line` all changes."""
    untold = _untold_links(record.object_key, viewer)
    if before is None and not group and not untold and line is None:
        rows = _newest(tuple(kinds.untold_keys()))(record.object_key, record.pk)
    else:
        events = _events(record.object_key, record.pk, kinds.untold_keys(), before, group, line)
        rows = list(_whole(_without(events, untold)))
    further = rows[SIZE - 1].pk if len(rows) > SIZE else None
    rows = rows[:SIZE]
    shown = [row.pk for row in rows]
    ask_ahead(lambda: [SUBJECTS.told(shown), UNDONE.told(shown)])
    subjects = _subjects(rows)
    told = {row.pk: _told_fields(row, subjects.get(row.pk), viewer) for row in rows}
    opened = {row.pk for row in rows if line is not None or len(told[row.pk]) <= UNFOLDED}
    names = _Names(record, rows, viewer, subjects, opened)
    taken_back = set(UNDONE(shown))
    return [
        _entry(row, viewer, names, told[row.pk], row.pk in opened, undone=row.pk in taken_back)
        for row in rows
    ], further


def questions(record: Any, viewer: Viewer) -> list[Told]:
    """What `entries` asks first, where it is the usual question."""
    if _untold_links(record.object_key, viewer):
        return []
    return [_newest(tuple(kinds.untold_keys())).told(record.object_key, record.pk)]


def _untold_links(object_key: str, viewer: Viewer) -> list[str]:
    """The objects of which this person may not know to what they belong: at a firm nothing is told of its people."""
    return [
        object_type.key
        for object_type in registry.every()
        if object_type.key != object_key
        and object_type.related
        and not set(object_type.related) & set(vocabulary.fields_for(viewer, object_type.key))
    ]


def _without(events: Any, objects: Sequence[str]) -> Any:
    """No lines that are mainly about a record of these objects."""
    main = Subject.objects.filter(event=OuterRef("pk"), role=Subject.MAIN, object__in=objects)
    return events.exclude(Exists(main)) if objects else events


@lru_cache(20)
def _newest(quiet: tuple[str, ...]) -> Prepared:
    return Prepared(lambda object, record: _whole(_events(object, record, quiet)))


def _whole(events: Any) -> Any:
    return events[: SIZE + 1].select_related("actor")


def _events(
    object: str,
    record: int,
    quiet: Sequence[str],
    before: int | None = None,
    group: str = "",
    line: int | None = None,
) -> Any:
    """Ordered by the subject's column, so that of a customer with thousands of lines only the newest are looked at."""
    events = Event.objects.filter(subjects__object=object, subjects__record_id=record)
    if line is not None:
        events = events.filter(pk=line)
    if before is not None:
        events = events.filter(pk__lt=before)
    if group in GROUPS:
        events = events.filter(
            kind__in=[kind.key for kind in kinds.every() if kind.key.startswith(GROUPS[group][1])]
        )
    elif group == "changes":
        events = events.filter(kind__endswith=".edited")
    return events.exclude(kind__in=quiet).order_by("-subjects__event_id")


def _entry(
    event: Event, viewer: Viewer, names: _Names, told: dict[str, Field], opened: bool, *, undone: bool
) -> Entry:
    kind = kinds.get(event.kind)
    actor = str(event.actor) if event.actor else _("大福帳")
    sentence = str(kind.sentence).format(actor=actor, subject=names.of(event))
    entry = Entry(event, kind.icon, sentence)
    if names.may_tell(event):
        entry.fields = tuple(told.values())
        entry.changes = _changes(event, told, names) if opened else []
        if event.kind in _bodies:
            template, body = _bodies[event.kind]
            entry.template, entry.body = template, body(event, viewer)
    entry.undoable = kind.undo is not None and not event.erased and not undone
    return entry


def _told_fields(event: Event, subject: Subject | None, viewer: Viewer) -> dict[str, Field]:
    """The changed fields that this person may know of, by key."""
    if subject is None or not event.kind.endswith((".edited", ".created")):
        return {}
    fields = vocabulary.fields_for(viewer, subject.object)
    return {key: fields[key] for key in event.changes if key in fields}


def _changes(event: Event, told: dict[str, Field], names: _Names) -> list[Change]:
    values = event.changes
    return [
        Change(field.name, names.text(field, values[key][0]), names.text(field, values[key][1]))
        for key, field in told.items()
    ]


class _Names:
    """The names of all records that some lines speak of, looked up together; what the viewer may not see has none.

    The record whose lines they are was found through the read door already. Of lines that are not `opened` nobody
    reads the values.
    """

    def __init__(
        self,
        record: Any,
        events: Sequence[Event],
        viewer: Viewer,
        subjects: dict[int, Subject],
        opened: Container[int],
    ) -> None:
        self._subjects = subjects
        wanted: dict[str, set[int]] = {}
        for event in events:
            if subject := self.subject(event):
                wanted.setdefault(subject.object, set()).add(subject.record_id)
                for target, key in _linked(event, subject.object) if event.pk in opened else ():
                    wanted.setdefault(target, set()).add(key)
        self._known = {(record.object_key, record.pk): str(record)}
        for object_key, keys in wanted.items():
            missing = [key for key in keys if (object_key, key) not in self._known]
            seen = seen_by_keys(registry.get(object_key).model, missing, viewer, trashed=True)
            self._known |= {(object_key, key): str(row) for key, row in seen.items()}

    def subject(self, event: Event) -> Subject | None:
        """What the line is mainly about, if it is a record."""
        return self._subjects.get(event.pk)

    def knows(self, subject: Subject) -> bool:
        return (subject.object, subject.record_id) in self._known

    def may_tell(self, event: Event) -> bool:
        """What was said of a record, and which file or tag it was, is only for whoever sees that record."""
        subject = self.subject(event)
        return subject is None or self.knows(subject)

    def of(self, event: Event) -> str:
        subject = self.subject(event)
        if subject is None:
            return ""
        return self._known.get((subject.object, subject.record_id)) or hidden_name(subject.object)

    def text(self, known: Field, value: Any) -> str:
        """A value as it stands in the ledger, in words."""
        if value is None:
            return ""
        if isinstance(value, dict) and "label" in value:
            target = getattr(known.type, "target", "")
            if isinstance(known.type, RecordLink) and (target, value["id"]) not in self._known:
                return hidden_name(target)
            return self._known.get((target, value["id"]), str(value["label"]))
        try:
            return known.type.display(known.type.from_json(value))
        except (ValueError, TypeError, KeyError, AttributeError):
            return str(value)


def _subjects(events: Sequence[Event]) -> dict[int, Subject]:
    """Of each line the first record that it is mainly about."""
    objects = {object_type.key for object_type in registry.every()}
    found = sorted(SUBJECTS(event.pk for event in events), key=lambda subject: -subject.pk)
    return {subject.event_id: subject for subject in found if subject.object in objects}


def _linked(event: Event, object_key: str) -> Iterable[tuple[str, int]]:
    fields = vocabulary.fields_of(object_key)
    for key, values in event.changes.items():
        known = fields.get(key)
        if known is not None and isinstance(known.type, RecordLink):
            yield from ((known.type.target, value["id"]) for value in values if isinstance(value, dict))
