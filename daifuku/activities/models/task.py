"""タスク: something that somebody has to do until a day, for a customer or for himself."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models.subject import FOLLOWS, KEPT_BY, OfDeal, WithSubject
from daifuku.customers.models.account import PRESENT
from daifuku.records.models import Record

# States that the administrator adds (waits for somebody) are not done either.
DONE, UNNEEDED = "done", "unneeded"
UNDONE = PRESENT & Q(done_at__isnull=True)


class Task(Record, WithSubject, OfDeal):
    """`owner` does it. `done_at` follows from `state`. `items` is its checklist: `{"key", "text", "done"}` each.

    With a `repetition` (as `repetition.clean` makes it) it leaves a next one behind, whose `previous` it is.
    """

    object_key: ClassVar[str] = "task"
    kept_by: ClassVar[tuple[str, ...]] = KEPT_BY
    follows: ClassVar[tuple[tuple[str, str], ...]] = FOLLOWS

    subject = models.CharField(_("件名"), max_length=200)
    due_on = models.DateField(_("期限"), null=True, blank=True)
    priority = models.CharField(_("優先度"), max_length=40, blank=True)
    state = models.CharField(_("状態"), max_length=40, default="open", blank=True)
    text = models.TextField(_("詳細"), blank=True)
    done_at = models.DateTimeField(_("完了日時"), null=True, blank=True)
    items = models.JSONField(_("チェックリスト"), default=list, blank=True)
    repetition = models.JSONField(_("繰り返し"), default=dict, blank=True)
    previous = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )

    class Meta(Record.Meta):
        verbose_name = _("タスク")
        indexes: ClassVar = [
            models.Index(
                fields=["account", "done_at", "due_on", "id"],
                name="task_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(
                fields=["contact", "done_at", "due_on", "id"],
                name="task_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["lead", "done_at", "due_on", "id"],
                name="task_by_lead",
                condition=Q(lead__isnull=False),
            ),
            models.Index(
                fields=["deal", "done_at", "due_on", "id"],
                name="task_by_deal",
                condition=Q(deal__isnull=False),
            ),
            models.Index(fields=["owner", "due_on", "id"], name="task_by_owner", condition=UNDONE),
            models.Index(fields=["-due_on", "-id"], name="task_by_due", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="task_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="task_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def is_done(self) -> bool:
        """Nobody has to do it any more."""
        return self.state in {DONE, UNNEEDED}

    @property
    def progress(self) -> str:
        """1/3 of a checklist; nothing without one."""
        return f"{sum(item['done'] for item in self.items)}/{len(self.items)}" if self.items else ""
