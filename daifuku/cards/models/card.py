"""名刺: a picture of a card on its way from whoever brought it to the lead or contact that comes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.cards.enterers import may_enter
from daifuku.duties.whose import people_seen
from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7
from daifuku.records.catalogue import registry
from daifuku.staff.viewer import Viewer


class State(models.TextChoices):
    WAITING = "waiting", _("入力待ち")
    WORKING = "working", _("入力中")
    DONE = "done", _("入力済み")
    ASIDE = "aside", _("保留")


class Reading(models.TextChoices):
    """Whether the program has looked at the picture yet."""

    WAITING = "waiting", _("読み取り待ち")
    READY = "ready", _("読み取り済み")
    BLANK = "blank", _("読み取りなし")
    FAILED = "failed", _("開けません")


class Way(models.TextChoices):
    PHOTO = "photo", _("撮影")
    UPLOAD = "upload", _("アップロード")
    MAIL = "mail", _("メール")
    API = "api", _("API")


class How(models.TextChoices):
    """What the clerk found the card to be."""

    NEW = "new", _("新しい見込み客")
    SAME = "same", _("同じ人")
    COLLEAGUE = "colleague", _("同じ会社の新しい人")
    MOVED = "moved", _("異動・転職してきた人")


OPEN = (State.WAITING, State.WORKING)


class CardQuerySet(models.QuerySet["Card"]):
    def visible_to(self, viewer: Viewer) -> CardQuerySet:
        """Whoever enters cards sees all; others those that they or their people brought or get. What is in the trash
        is not among them."""
        rows = self.filter(trashed_at__isnull=True)
        if may_enter(viewer):
            return rows
        people = people_seen(viewer)
        return rows if people is None else rows.filter(Q(brought_by__in=people) | Q(owner__in=people))

    def open(self) -> CardQuerySet:
        return self.filter(state__in=OPEN)

    def late(self, now: datetime) -> CardQuerySet:
        return self.open().filter(due_at__lt=now)

    def to_check(self, viewer: Viewer) -> CardQuerySet:
        """Cards of the sample that somebody else has entered and nobody has typed again."""
        rows = self.filter(state=State.DONE, check_wanted=True, recheck__isnull=True)
        return rows.exclude(entered_by=viewer.pk)

    def with_people(self) -> CardQuerySet:
        return self.select_related("brought_by", "owner", "taken_by", "entered_by")


class Card(models.Model):
    """`original` is the file as it came, until it was read; `picture` is what the program drew of it anew: upright, a
    JPEG without place and camera. `lines` are `[{"text", "box": [x, y, width, height], "confidence"}]` in pixels of the
    picture, `proposals` `{field of the form: {"value", "box", "confidence"}}`, `values` what was typed so far, and in
    the end what stands on the card. `seconds` is the time of entry, measured while the clerk was at it.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    state = models.CharField(_("状態"), max_length=8, choices=State, default=State.WAITING)
    way = models.CharField(_("届き方"), max_length=8, choices=Way, default=Way.UPLOAD)
    name = models.CharField(max_length=255, blank=True)
    original = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    picture = models.CharField(max_length=200, blank=True)
    thumb = models.CharField(max_length=200, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    reading = models.CharField(max_length=8, choices=Reading, default=Reading.WAITING)
    trouble = models.CharField(max_length=300, blank=True)
    lines = models.JSONField(default=list)
    proposals = models.JSONField(default=dict)
    values = models.JSONField(default=dict)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    brought_at = models.DateTimeField(default=timezone.now)
    exchanged_on = models.DateField(_("名刺交換日"), null=True, blank=True)
    occasion = models.CharField(_("きっかけ・展示会名"), max_length=200, blank=True)
    note = models.TextField(_("メモ"), blank=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    taken_at = models.DateTimeField(null=True)
    seconds = models.PositiveIntegerField(default=0)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    done_at = models.DateTimeField(null=True)
    how = models.CharField(max_length=10, choices=How, blank=True)
    object = models.CharField(max_length=30, blank=True)
    record_id = models.BigIntegerField(null=True)
    # As whom he was known before, where he is somebody else's record now (a contact who moved to an unknown firm).
    former_object = models.CharField(max_length=30, blank=True)
    former_id = models.BigIntegerField(null=True)
    aside_why = models.CharField(max_length=300, blank=True)
    check_wanted = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    trashed_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = CardQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brought_by", "digest"], name="card_once", condition=~Q(digest="")
            )
        ]
        indexes = [
            models.Index(fields=["due_at", "id"], name="card_queue", condition=Q(state__in=["waiting", "working"])),
            models.Index(fields=["object", "record_id"], name="card_by_record"),
            models.Index(fields=["brought_by", "-id"], name="card_by_bringer"),
            models.Index(fields=["owner", "-id"], name="card_by_owner"),
            models.Index(fields=["entered_by", "-done_at"], name="card_by_enterer"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """Whose card it is, as far as that is known."""
        said = self.values or {key: each.get("value", "") for key, each in self.proposals.items()}
        words = [said.get("company", ""), f"{said.get('family_name', '')} {said.get('given_name', '')}"]
        found = " ".join(" ".join(str(word) for word in words).split())
        return found or str(_("名刺"))

    def get_absolute_url(self) -> str:
        return url_of("cards:card", self.uid)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def record(self) -> Any:
        """The lead or the contact that came of it, whoever may see it."""
        if not self.object or self.record_id is None:
            return None
        return registry.get(self.object).model.plain.filter(pk=self.record_id).first()
