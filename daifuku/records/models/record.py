"""What every record has: identity, version, person in charge, privacy, custom values, and the read door."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7
from daifuku.records.models.share import followed_ids, shared_ids
from daifuku.staff.viewer import Reach, Viewer, viewer_of

if TYPE_CHECKING:
    from daifuku.staff.models import Person


class UnscopedRead(RuntimeError):
    """A record queryset was about to be evaluated without having passed the read door."""


class RecordQuerySet(models.QuerySet[Any]):
    """Refuses to be evaluated before somebody has said who looks (`visible_to`) or why nobody asks."""

    _door: str = ""

    def visible_to(self, viewer: Person | Viewer, *, action: str = "view") -> Self:
        """The rows that this person may see (or `action` on), without those in the trash."""
        return self._seen_by(viewer, action).filter(trashed_at__isnull=True)

    def trash_of(self, viewer: Person | Viewer) -> Self:
        """What lies in the trash and this person may see; not what went into another record, which stands for it."""
        from daifuku.records.models.absorbed import Absorbed

        merged = Absorbed.objects.filter(object=self.model.object_key).values("record_id")
        return self._seen_by(viewer, "view").filter(trashed_at__isnull=False).exclude(pk__in=merged)

    def unrestricted(self, *, reason: str) -> Self:
        """All rows, also those in the trash; the reason is for whoever reads the code."""
        return self._through(f"unrestricted: {reason}")

    def _seen_by(self, viewer: Person | Viewer, action: str) -> Self:
        viewer = viewer_of(viewer)
        return self._through(f"visible to {viewer.pk}").filter(
            scope_of(viewer, self.model.object_key, action)
        )

    def _through(self, door: str) -> Self:
        rows: Self = self._chain()  # type: ignore[attr-defined]
        rows._door = door
        return rows

    def _clone(self) -> Self:
        rows: Self = super()._clone()  # type: ignore[misc]
        rows._door = self._door
        return rows

    def _need_door(self) -> None:
        if not self._door:
            raise UnscopedRead(
                f"{self.model.__name__}.objects: pass visible_to(viewer) or unrestricted(reason=...) first"
            )

    def _fetch_all(self) -> None:
        if self._result_cache is None:
            self._need_door()
        super()._fetch_all()

    def iterator(self, chunk_size: int | None = None) -> Iterator[Any]:
        self._need_door()
        return super().iterator(chunk_size)

    def count(self) -> int:
        self._need_door()
        return super().count()

    def exists(self) -> bool:
        self._need_door()
        return super().exists()

    def aggregate(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        self._need_door()
        return super().aggregate(*args, **kwargs)

    def update(self, **kwargs: Any) -> int:
        self._need_door()
        return super().update(**kwargs)

    def delete(self) -> tuple[int, dict[str, int]]:
        self._need_door()
        return super().delete()

    def explain(self, **kwargs: Any) -> str:
        self._need_door()
        return super().explain(**kwargs)

    def bulk_update(self, objs: Any, fields: Any, batch_size: int | None = None) -> int:
        """Rows that were fetched through the door may be written back in bulk."""
        return super(RecordQuerySet, self._through("written back")).bulk_update(objs, fields, batch_size)

    def resolve_expression(self, *args: Any, **kwargs: Any) -> Any:
        """A subquery is an evaluation as well."""
        self._need_door()
        return super().resolve_expression(*args, **kwargs)


class Sight(NamedTuple):
    """What decides which rows of an object somebody reaches; the same for him from one request to the next."""

    person: int
    reach: Reach
    shared: tuple[int, ...]
    teams: frozenset[int]
    colleagues: frozenset[int]
    followed: tuple[tuple[str, tuple[int, ...]], ...] = ()
    queues: frozenset[int] = frozenset()


def sight_of(viewer: Viewer, object: str, action: str) -> Sight:
    reach = viewer.reach(object, action)
    if reach.nobody:
        return Sight(viewer.pk, reach, (), frozenset(), frozenset())
    from daifuku.records.catalogue import registry

    shared, teams = shared_ids(viewer, object, action), viewer.team_ids
    followed = followed_ids(viewer, registry.get(object).model, action)
    queues = queues_of(viewer, reach, action)
    return Sight(viewer.pk, reach, tuple(shared), teams, viewer.people_of(teams), followed, queues)


def queues_of(viewer: Viewer, reach: Reach, action: str) -> frozenset[int]:
    """Teams whose queue somebody sees who otherwise sees only his own: what waits there, any of them may take."""
    waits = action == "view" and not (reach.everyone or reach.nobody or reach.teams)
    return viewer.team_ids if waits else frozenset()


def scope_of(viewer: Viewer, object: str, action: str) -> Q:
    """The condition for the rows that `viewer` may `action`."""
    from daifuku.records.catalogue import registry

    return _scope(sight_of(viewer, object, action), registry.get(object).model.kept_by)


def scope_of_sums(viewer: Viewer, object: str) -> Q:
    """The same for rows that each sum many records alike in owner, keeper, team and privacy. What somebody sees as one
    record only, because it was shared with him or is of a customer that he is a member of, is not in it."""
    from daifuku.records.catalogue import registry

    sight = sight_of(viewer, object, "view")._replace(shared=(), followed=())
    return _scope(sight, registry.get(object).model.kept_by)


@lru_cache(maxsize=512)
def _scope(sight: Sight, kept_by: tuple[str, ...]) -> Q:
    if sight.reach.nobody:
        return Q(pk__in=())
    mine = _any(kept_by, "", sight.person)
    if sight.shared:
        mine |= Q(pk__in=sight.shared)
    for name, keys in sight.followed:
        mine |= Q(**{f"{name}_id__in": keys})
    if sight.queues:
        mine |= Q(owner__isnull=True, team_id__in=sorted(sight.queues), privacy=Record.Privacy.NORMAL)
    reached = _reached(sight.reach, kept_by)
    team_only = Q(privacy=Record.Privacy.TEAM) & _in_my_teams(sight, kept_by)
    if reached is None:
        return Q(privacy=Record.Privacy.NORMAL) | mine | team_only
    return (reached & Q(privacy=Record.Privacy.NORMAL)) | mine | team_only


def _any(kept_by: tuple[str, ...], lookup: str, value: Any) -> Q:
    """Whether one of those that keep the record is meant."""
    found = Q()
    for name in kept_by:
        found |= Q(**{f"{name}_id{lookup}": value})
    return found


def _reached(reach: Reach, kept_by: tuple[str, ...]) -> Q | None:
    if reach.everyone:
        return None
    people = _any(kept_by, "__in", sorted(reach.people))
    return people | Q(team_id__in=sorted(reach.teams)) if reach.teams else people


def _in_my_teams(sight: Sight, kept_by: tuple[str, ...]) -> Q:
    if not sight.teams:
        return Q(pk__in=())
    return _any(kept_by, "__in", sorted(sight.colleagues)) | Q(team_id__in=sorted(sight.teams))


class RecordManager(models.Manager.from_queryset(RecordQuerySet)):  # type: ignore[misc]
    """The default manager: every read starts at the door."""

    def visible_to(self, viewer: Person | Viewer, *, action: str = "view") -> Any:
        """As above. Where nothing was narrowed before, the question is built once for every sight."""
        if type(self) is not RecordManager:  # the contacts of one account
            return super().visible_to(viewer, action=action)
        viewer = viewer_of(viewer)
        return _visible(self.model, sight_of(viewer, self.model.object_key, action))._chain()


@lru_cache(maxsize=512)
def _visible(model: Any, sight: Sight) -> Any:
    rows = model.objects.get_queryset()._through(f"visible to {sight.person}")
    return rows.filter(_scope(sight, model.kept_by)).filter(trashed_at__isnull=True)


class Record(models.Model):
    """The base of account, contact, lead and all that follow.

    The 64-bit key joins inside the database; `uid` is what outsiders, files, the API and phones use, and a phone
    makes it itself. `version` grows with every change.
    """

    class Privacy(models.TextChoices):
        NORMAL = "", _("役割のとおり")
        TEAM = "team", _("チーム内のみ")
        PRIVATE = "private", _("担当者のみ")

    object_key: ClassVar[str] = ""
    # Whoever stands in one of these columns keeps the record: it is his, and his team's.
    kept_by: ClassVar[tuple[str, ...]] = ("owner",)
    # Whoever is a member of the record in one of these columns (column, object) sees this one as well.
    follows: ClassVar[tuple[tuple[str, str], ...]] = ()
    # Whether they are open to whoever got that record opened with its talks.
    shown_to_guests: ClassVar[bool] = False

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("営業担当"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="owned_%(class)ss",
    )  # fmt: skip
    team = models.ForeignKey(
        "staff.Team",
        verbose_name=_("チーム"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    privacy = models.CharField(_("公開範囲"), max_length=8, choices=Privacy.choices, default="", blank=True)
    custom = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    trashed_at = models.DateTimeField(null=True, editable=False)

    objects: ClassVar[Any] = RecordManager()
    plain: ClassVar[Any] = models.Manager()

    class Meta:
        abstract = True
        base_manager_name = "plain"
        default_manager_name = "objects"

    def get_absolute_url(self) -> str:
        from daifuku.records.catalogue import registry

        return url_of("records:record", registry.get(self.object_key).slug, self.uid)


class HasMembers(models.Model):
    """A record on which several people work, each with a role; `Share` rows with a role follow what stands here."""

    members = models.JSONField(_("メンバー"), default=list, blank=True)

    class Meta:
        abstract = True
