"""A file that somebody brings in: what it is, how its columns are read, how far it got and what became of its rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import NotFound
from daifuku.foundation.uuid7 import uuid7
from daifuku.staff.viewer import Viewer

# What is counted of the records that are there.
OF_DOUBLES = frozenset({"doubles", "sure"})


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, viewer: Viewer) -> ImportQuerySet:
        """One's own; who sets up the program sees all, because he is asked when one goes wrong."""
        if not viewer.has_power("import"):
            return self.none()
        return self if viewer.has_power("settings") else self.filter(Q(by_id=viewer.pk))

    def find(self, viewer: Viewer, uid: Any) -> Import:
        found = self.visible_to(viewer).filter(uid=uid).select_related("by", "event").first()
        if found is None:
            raise NotFound
        return found


class Import(models.Model):
    """`file` is the name under which the storage keeps the content, empty when it went with somebody who was erased.
    `targets` names for every column of the file the field that it fills, a composite (`*address`), or nothing.
    `constants` are values of fields for all rows in which the file has none: {field: as a file would write it}.
    `split` says what came of reports that were cut into talks, and which headings still wait for a customer.
    `position` is the last line that is done; it moves in the same transaction as the rows, so that an import that was
    killed goes on without doubles.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("列の確認待ち")
        CHECKING = "checking", _("確認中")
        CHECKED = "checked", _("取り込み待ち")
        RUNNING = "running", _("取り込み中")
        DONE = "done", _("完了")
        CANCELLED = "cancelled", _("停止中")
        FAILED = "failed", _("失敗")
        UNDOING = "undoing", _("取り消し中")
        UNDONE = "undone", _("取り消し済み")

    class Mode(models.TextChoices):
        CREATE = "create", _("すべて新しく登録する")
        UPDATE = "update", _("登録済みの記録を更新する")
        BOTH = "both", _("あれば更新し、なければ登録する")

    class Blanks(models.TextChoices):
        KEEP = "keep", _("空欄の項目は変更しない")
        CLEAR = "clear", _("空欄の項目は空にする")

    class Doubles(models.TextChoices):
        TAKE = "take", _("そのまま登録する")
        REJECT = "reject", _("登録しない（取り込めなかった行に入れる）")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    object = models.CharField(max_length=30)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="imports")
    at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=255)
    file = models.CharField(max_length=200)
    form = models.CharField(max_length=5)
    size = models.BigIntegerField(default=0)
    encoding = models.CharField(_("文字コード"), max_length=20, blank=True)
    sheet = models.CharField(_("シート"), max_length=120, blank=True)
    header_line = models.PositiveIntegerField(_("見出しの行"), default=1)
    headers = models.JSONField(default=list)
    rows = models.PositiveIntegerField(default=0)
    targets = models.JSONField(default=list)
    mode = models.CharField(_("取り込み方"), max_length=6, choices=Mode.choices, default=Mode.CREATE)
    key = models.CharField(_("突き合わせる項目"), max_length=63, blank=True)
    blanks = models.CharField(_("空欄の扱い"), max_length=5, choices=Blanks.choices, default=Blanks.KEEP)
    doubles = models.CharField(
        _("登録済みと思われる行"), max_length=6, choices=Doubles.choices, default=Doubles.TAKE
    )
    new_choices = models.JSONField(default=list)
    constants = models.JSONField(default=dict)
    split = models.JSONField(default=dict)
    with_tags = models.BooleanField(_("ノートのタグを記録につける"), default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    position = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    differences = models.JSONField(default=list)
    message = models.TextField(blank=True)
    job = models.UUIDField(null=True)
    event = models.ForeignKey("ledger.Event", on_delete=models.PROTECT, null=True, related_name="+")
    finished_at = models.DateTimeField(null=True)

    # The notes of a file that was just read, until they are saved with it.
    found: Sequence[Any] = ()
    objects: ClassVar[Any] = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes: ClassVar = [models.Index(fields=["by", "-id"], name="import_of_person")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("transfers:import", args=[self.uid])

    def preview_for(self, viewer: Viewer) -> list[dict[str, Any]]:
        """The first rows as the check found them: names and old values, so only for whom it looked with his rights."""
        return self.differences if self.by_id == viewer.pk else []

    def counts_for(self, viewer: Viewer) -> dict[str, Any]:
        """How many are there already is said to whom it was looked for: another one may see fewer of them."""
        mine = self.by_id == viewer.pk
        return {key: value for key, value in self.counts.items() if mine or key not in OF_DOUBLES}

    @property
    def open(self) -> bool:
        """Nothing has been written yet, so columns and options may still be changed."""
        return self.state in {self.State.UPLOADED, self.State.CHECKED}

    @property
    def of_notes(self) -> bool:
        """Notes of Evernote that go to records as comments and files: there are no columns."""
        return self.form == "enex"

    @property
    def working(self) -> bool:
        return self.state in {self.State.CHECKING, self.State.RUNNING, self.State.UNDOING}

    @property
    def may_go_on(self) -> bool:
        """It was stopped on the way, nobody took it back, and its file did not go with somebody who was erased."""
        return self.event_id is not None and self.state == self.State.CANCELLED and bool(self.file)

    @property
    def may_be_undone(self) -> bool:
        return self.event_id is not None and self.state in {
            self.State.DONE,
            self.State.CANCELLED,
            self.State.FAILED,
        }
