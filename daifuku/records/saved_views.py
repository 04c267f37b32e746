"""Views of a list: those that come with the program, and those that people kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid, NotFound
from daifuku.foundation.sql.prepared import Prepared, Told
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.conditions import Condition, parse_leniently
from daifuku.records.listing import sorting
from daifuku.records.models import View, ViewGuest, ViewUse
from daifuku.staff.models import Membership
from daifuku.staff.viewer import Viewer


@dataclass(frozen=True)
class Shipped:
    """A view that is computed, not kept; its key is a word where a kept view has a uid. `late`: behind the usual."""

    key: str
    label: Any
    sort: str = ""
    condition: dict[str, Any] = field(default_factory=lambda: {"all": []})
    columns: tuple[dict[str, Any], ...] = ()
    look: dict[str, str] = field(default_factory=dict)
    mine: bool = False
    shared: bool = True
    late: bool = False

    @property
    def name(self) -> str:
        return str(self.label)


SHIPPED = (
    Shipped("all", _("すべて")),
    Shipped(
        "mine", _("自分の担当"), condition={"all": [{"field": "owner", "op": "any_of", "value": ["me"]}]}
    ),
    Shipped("recent", _("最近更新"), sort="-updated_at"),
)
BY_KEY = {view.key: view for view in SHIPPED}
# Views of one kind of record that come with the program and stand first, or late; filled from `apps.ready()`.
more: dict[str, tuple[Shipped, ...]] = {}


def shipped_of(object_key: str) -> dict[str, Shipped]:
    """By key, in the order of their tabs."""
    own = more.get(object_key, ())
    first, late = ([view for view in own if view.late is behind] for behind in (False, True))
    return {view.key: view for view in (*first, *SHIPPED, *late)}


@dataclass(frozen=True)
class Column:
    """A field that a list shows, and how wide the person pulled it."""

    field: Field
    width: int | None = None


@dataclass(frozen=True)
class Resolved:
    """A view as this person may see it now; `problems` tell what of it he cannot (any more)."""

    columns: list[Column]
    condition: Condition
    sort: str
    problems: list[FieldProblem] = field(default_factory=list)


@dataclass(frozen=True)
class Offered:
    """`shown` stand as tabs above the list, `others` behind a menu."""

    shown: list[Any]
    others: list[Any]

    @property
    def words(self) -> tuple[tuple[str, str, bool], ...]:
        """All that the tabs say of them."""
        return tuple((view.key, view.name, view in self.shown) for view in (*self.shown, *self.others))


def for_person(viewer: Viewer, object_key: str) -> Offered:
    """Pinned views are tabs; those that come with the program are, until one takes them off."""
    uses = {use.view: use for use in _uses(viewer, object_key)}
    shipped = shipped_of(object_key)

    def pinned(view: Any) -> bool:
        use = uses.get(view.key)
        if use is None or use.pinned is None:
            return view.key in shipped
        return use.pinned

    every = [*shipped.values(), *_kept(viewer, object_key)]
    return Offered([view for view in every if pinned(view)], [view for view in every if not pinned(view)])


def find(viewer: Viewer, object_key: str, key: str) -> Any:
    """The view with this key, without one the person's default. Raises NotFound."""
    if not key:
        return _default(viewer, object_key)
    if (shipped := shipped_of(object_key).get(key)) is not None:
        return shipped
    try:
        uid = UUID(key)
    except ValueError as error:
        raise NotFound from error
    for view in _kept(viewer, object_key, uid=uid):
        return view
    raise NotFound


def resolve(view: Any, viewer: Viewer, object_key: str) -> Resolved:
    """What the view shows to this person. What it names that is gone or hidden is told, never an error."""
    problems: list[FieldProblem] = []
    columns = _columns(view.columns, viewer, object_key, problems)
    condition = parse_leniently(view.condition, object_key, viewer)
    problems += condition.problems
    sort = _sort(view.sort, viewer, object_key, problems)
    return Resolved(columns, condition, sort, problems)


def visible_to(viewer: Viewer) -> Q:
    """Kept views that this person may know of."""
    return Q(trashed_at__isnull=True) & known_to(viewer.pk)


def known_to(person: int) -> Q:
    """His own, those that everybody may use, and those that were shown to him or to a team of his."""
    return Q(owner_id=person) | Q(shared=True) | Q(pk__in=_shown_to(person).values("view_id"))


def _shown_to(person: int) -> Any:
    teams = Membership.objects.filter(person_id=person).values("team_id")
    return ViewGuest.objects.filter(Q(person_id=person) | Q(team_id__in=teams))


KEPT = Prepared(
    lambda person, object: View.objects.filter(known_to(person), object=object, trashed_at__isnull=True)
)
USES = Prepared(lambda person, object: ViewUse.objects.filter(person_id=person, object=object))


def questions(viewer: Viewer, object_key: str) -> list[Told]:
    """What every list asks about its views."""
    return [KEPT.told(viewer.pk, object_key), USES.told(viewer.pk, object_key)]


def owns(viewer: Viewer, view: View) -> bool:
    """Whoever kept it; of one that everybody uses also those who may share views."""
    return view.owner_id == viewer.pk or (view.shared and viewer.has_power("share_views"))


def may_change(viewer: Viewer, view: View) -> bool:
    return owns(viewer, view) or _shown_to(viewer.pk).filter(view=view, may_change=True).exists()


def _uses(viewer: Viewer, object_key: str) -> list[ViewUse]:
    key = f"uses of views of {object_key}"
    if key not in viewer.memo:
        viewer.memo[key] = USES(viewer.pk, object_key)
    return cast("list[ViewUse]", viewer.memo[key])


def _kept(viewer: Viewer, object_key: str, uid: UUID | None = None) -> list[View]:
    if uid is None:
        views = KEPT(viewer.pk, object_key)
    else:
        views = list(View.objects.filter(visible_to(viewer), object=object_key, uid=uid))
    for view in views:
        # Asked only of the view that is looked at: a list of them says no more than whose they are.
        view.mine = owns(viewer, view) if uid is None else may_change(viewer, view)
    return views


def _default(viewer: Viewer, object_key: str) -> Any:
    """A default that is gone, or no longer shared, gives way to everything."""
    opens = next((use for use in _uses(viewer, object_key) if use.opens), None)
    if opens is None:
        return BY_KEY["all"]
    try:
        return find(viewer, object_key, opens.view)
    except NotFound:
        return BY_KEY["all"]


def _columns(
    written: Sequence[Any], viewer: Viewer, object_key: str, problems: list[FieldProblem]
) -> list[Column]:
    fields = vocabulary.fields_for(viewer, object_key)
    shown = []
    for column in written:
        key = column["field"]
        if key in fields:
            shown.append(Column(fields[key], column.get("width")))
        else:
            message = _("列「%(field)s」はありません。削除されたか、閲覧する権限がない可能性があります。")
            problems.append(FieldProblem(key, message % {"field": key}, code="unknown_field"))
    return shown or [Column(each) for each in fields.values() if each.listed]


def _sort(written: str, viewer: Viewer, object_key: str, problems: list[FieldProblem]) -> str:
    object_type = registry.get(object_key)
    if not written:
        return object_type.order
    try:
        return sorting.read(written, object_type, viewer).written
    except Invalid as error:
        problems += error.problems
        return object_type.order
