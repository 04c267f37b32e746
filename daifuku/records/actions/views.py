"""Views of lists: kept, changed, shared, thrown away and brought back; pinned, and opened by default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import ChangedSince, FieldProblem, Forbidden, Invalid, NotFound, Stale
from daifuku.foundation.japanese import clean_text
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import moment
from daifuku.ledger.kinds import Undone
from daifuku.ledger.models import Event
from daifuku.ledger.writing import About
from daifuku.records import look, saved_views
from daifuku.records.actions.powers import need_power
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.conditions import parse
from daifuku.records.listing import sorting
from daifuku.records.models import View, ViewUse
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

LONGEST_NAME = 60
MOST_COLUMNS = 60
NARROWEST, WIDEST = 40, 2000
KEPT = ("name", "shared", "condition", "columns", "sort", "look")


def create_view(object_key: str, values: Mapping[str, Any], *, by: Person) -> View:
    """Keeps a view: `name`, and any of `condition`, `columns`, `sort`, `look`, `shared`. Raises Invalid, Forbidden."""
    viewer = viewer_of(by)
    if not viewer.may(object_key, "view"):
        raise Forbidden
    cleaned = _cleaned(object_key, {"name": "", **values}, viewer)
    with ledger.writing():
        view = View.objects.create(object=object_key, owner=by, created_at=moment(), **cleaned)
        _record("view.created", view, by)
    view.mine = True
    return view


def edit_view(
    view: View,
    values: Mapping[str, Any],
    *,
    by: Person,
    version: int | None = None,
    undoes: Event | None = None,
) -> View:
    """Changes what is given; the rest stays. Raises NotFound, Forbidden, Invalid, Stale."""
    cleaned = _cleaned(view.object, values, viewer_of(by))
    with ledger.writing():
        view = _held(view, by)
        if version is not None and version != view.version:
            raise Stale(_("ほかの人が先に変更しました。ビューを開き直してください。"))
        changes = {
            key: [getattr(view, key), new] for key, new in cleaned.items() if getattr(view, key) != new
        }
        if not changes and undoes is None:
            return view
        if "shared" in changes and not saved_views.owns(viewer_of(by), view):
            raise Forbidden
        for key, (_old, new) in changes.items():
            setattr(view, key, new)
        _save(view)
        _record("view.edited", view, by, {"changes": changes}, undoes)
    return view


def share_view(view: View, *, by: Person, shared: bool = True) -> View:
    """Shows the view to everybody, or to its owner alone again. Needs the power to share views."""
    need_power(by, "share_views")
    return edit_view(view, {"shared": shared}, by=by)


def trash_view(view: View, *, by: Person, undoes: Event | None = None) -> View:
    """Raises NotFound, Forbidden."""
    with ledger.writing():
        view = _held(view, by, owned=True)
        view.trashed_at = moment()
        _save(view)
        _record("view.trashed", view, by, undoes=undoes)
    return view


def restore_view(view: View, *, by: Person, undoes: Event | None = None) -> View:
    """Raises NotFound, Forbidden."""
    with ledger.writing():
        view = _held(view, by, trashed=True, owned=True)
        view.trashed_at = None
        _save(view)
        _record("view.restored", view, by, undoes=undoes)
    return view


def pin_view(
    object_key: str, key: str, *, by: Person, pinned: bool = True, undoes: Event | None = None
) -> None:
    """Puts the view among this person's tabs, or takes it off them. Raises NotFound."""
    view = saved_views.find(viewer_of(by), object_key, key)
    with ledger.writing():
        use, _new = ViewUse.objects.get_or_create(person=by, object=object_key, view=view.key)
        if use.pinned == pinned and undoes is None:
            return
        use.pinned = pinned
        use.save(update_fields=["pinned"])
        data = {"name": view.name, "object": object_key, "view": view.key, "pinned": pinned}
        ledger.record("view.pinned", by=by, data=data, undoes=undoes)


def open_by_default(object_key: str, key: str, *, by: Person, undoes: Event | None = None) -> None:
    """The list opens with this view for this person from now on. Raises NotFound."""
    view = saved_views.find(viewer_of(by), object_key, key)
    with ledger.writing():
        mine = ViewUse.objects.filter(person=by, object=object_key)
        before = mine.filter(opens=True).first()
        if before is not None and before.view == view.key and undoes is None:
            return
        mine.update(opens=False)
        mine.update_or_create(person=by, object=object_key, view=view.key, defaults={"opens": True})
        old = before.view if before else "all"
        data = {"name": view.name, "object": object_key, "view": view.key, "old": old}
        ledger.record("view.opens", by=by, data=data, undoes=undoes)


def is_pinned(object_key: str, key: str, *, by: Person) -> bool:
    shown = saved_views.for_person(viewer_of(by), object_key).shown
    return any(view.key == key for view in shown)


def undo_created(event: Event, by: Person) -> Undone:
    trash_view(_of(event), by=by, undoes=event)
    return Undone(1)


def undo_edited(event: Event, by: Person) -> Undone:
    """Puts the old values back where the new ones still stand."""
    view = _of(event)
    back = {key: old for key, (old, new) in event.changes.items() if getattr(view, key) == new}
    if not back:
        raise ChangedSince
    edit_view(view, back, by=by, undoes=event)
    return Undone(1)


def undo_trashed(event: Event, by: Person) -> Undone:
    restore_view(_of(event), by=by, undoes=event)
    return Undone(1)


def undo_pinned(event: Event, by: Person) -> Undone:
    data = _own(event, by)
    pin_view(data["object"], data["view"], by=by, pinned=not data["pinned"], undoes=event)
    return Undone(1)


def undo_opens(event: Event, by: Person) -> Undone:
    data = _own(event, by)
    open_by_default(data["object"], data["old"], by=by, undoes=event)
    return Undone(1)


def _own(event: Event, by: Person) -> dict[str, Any]:
    """Tabs and defaults are everybody's own affair."""
    if event.actor_id != by.pk:
        raise NotFound
    data: dict[str, Any] = event.data
    return data


def _of(event: Event) -> View:
    view = View.objects.filter(pk=event.data.get("id")).first()
    if view is None:
        raise NotFound
    return view


def _held(view: View, by: Person, *, trashed: bool = False, owned: bool = False) -> View:
    """The view as it stands now, if `by` may change it; of somebody's private view nobody else may know."""
    viewer = viewer_of(by)
    known = View.objects.filter(saved_views.known_to(viewer.pk), pk=view.pk, trashed_at__isnull=not trashed)
    fresh = View.objects.select_for_update().filter(pk__in=known.values("pk")).first()
    if fresh is None:
        raise NotFound
    if not (saved_views.owns if owned else saved_views.may_change)(viewer, fresh):
        raise Forbidden
    fresh.mine = True
    return fresh


def _save(view: View) -> None:
    view.version += 1
    view.save()


def _record(
    kind: str, view: View, by: Person, data: dict[str, Any] | None = None, undoes: Event | None = None
) -> None:
    told = {"id": view.pk, "object": view.object, "name": view.name, **(data or {})}
    ledger.record(kind, by=by, about=[About("view", view.pk)], data=told, undoes=undoes)


def _cleaned(object_key: str, values: Mapping[str, Any], viewer: Viewer) -> dict[str, Any]:
    problems: list[FieldProblem] = []
    cleaned: dict[str, Any] = {}
    for key, value in values.items():
        if key not in KEPT:
            problems.append(FieldProblem(key[:63], _("ビューにこの項目はありません。"), code="unknown_field"))
            continue
        try:
            cleaned[key] = CLEAN[key](value, object_key, viewer)
        except Invalid as error:
            problems += error.problems
    if problems:
        raise Invalid(problems)
    if cleaned.get("shared") and not viewer.has_power("share_views"):
        raise Forbidden
    return cleaned


def _name(value: Any, object_key: str, viewer: Viewer) -> str:
    name = clean_text(value) if isinstance(value, str) else ""
    if not name:
        raise _refused("name", _("ビューの名前を入力してください。"), "required")
    if len(name) > LONGEST_NAME:
        message = _("ビューの名前は%(longest)s文字以内で入力してください。") % {"longest": LONGEST_NAME}
        raise _refused("name", message, "too_long")
    return name


def _shared(value: Any, object_key: str, viewer: Viewer) -> bool:
    if not isinstance(value, bool):
        raise _refused("shared", _("共有するかどうかを「はい」か「いいえ」で指定してください。"), "type")
    return value


def _condition(value: Any, object_key: str, viewer: Viewer) -> dict[str, Any]:
    return parse(value, object_key, viewer).to_json()


def _columns(value: Any, object_key: str, viewer: Viewer) -> list[dict[str, Any]]:
    if not isinstance(value, list) or len(value) > MOST_COLUMNS:
        raise _refused("columns", _("列の指定が正しくありません。列を選び直してください。"), "type")
    fields = vocabulary.fields_for(viewer, object_key)
    columns = []
    for column in value:
        key = column.get("field") if isinstance(column, dict) else None
        if not isinstance(key, str) or key not in fields:
            message = _("列「%(field)s」はありません。選び直してください。") % {"field": str(key)[:63]}
            raise _refused("columns", message, "unknown_field")
        width = column.get("width")
        if width is not None and not (type(width) is int and NARROWEST <= width <= WIDEST):
            raise _refused("columns", _("列の幅が正しくありません。"), "type")
        columns.append({"field": key, "width": width} if width else {"field": key})
    return columns


def _sort(value: Any, object_key: str, viewer: Viewer) -> str:
    return sorting.read(value, registry.get(object_key), viewer).written if value else ""


def _look(value: Any, object_key: str, viewer: Viewer) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(word, str) for word in value.values()):
        raise _refused("look", _("表示の指定が正しくありません。"), "type")
    read = look.read(value, vocabulary.fields_for(viewer, object_key)).written()
    lost = sorted(name for name, word in value.items() if word not in {"", "list", look.NONE, read.get(name)})
    if lost:
        message = _("表示の「%(name)s」に「%(value)s」は指定できません。")
        raise _refused("look", message % {"name": lost[0][:20], "value": value[lost[0]][:60]}, "look")
    return read


def _refused(field: str, message: Any, code: str) -> Invalid:
    return Invalid([FieldProblem(field, message, code=code)])


CLEAN = {
    "name": _name, "shared": _shared, "condition": _condition, "columns": _columns, "sort": _sort, "look": _look,
}  # fmt: skip
