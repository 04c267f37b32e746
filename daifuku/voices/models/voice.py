"""お客様の声: a wish or a trouble that somebody heard in a talk, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.activities.models.subject import FOLLOWS, WithSubject
from daifuku.customers.models.account import PRESENT
from daifuku.records.models import Record

# Nobody has answered it yet; states that the administrator adds are open as well.
CLOSED = ("answered", "dropped")
ANSWERED = "answered"


class Voice(Record, WithSubject):
    """`owner` brought it, `solver` works on the countermeasure, `keeper` is in charge of the customer. `answered_at`
    follows from `state`. Without a customer it was heard somewhere else: at a fair, in the market.

    `privacy` is the customer's, unless the firm shares what is heard from private ones too (`models.conduct`).
    """

    object_key: ClassVar[str] = "voice"
    kept_by: ClassVar[tuple[str, ...]] = ("owner", "keeper", "solver")
    follows: ClassVar[tuple[tuple[str, str], ...]] = FOLLOWS

    subject = models.CharField(_("件名"), max_length=200, blank=True)
    text = models.TextField(_("声"))
    topic = models.CharField(_("分類"), max_length=40)
    product = models.CharField(_("商品"), max_length=100, blank=True)
    severity = models.CharField(_("重要度"), max_length=40, default="middle", blank=True)
    state = models.CharField(_("状態"), max_length=40, default="new", blank=True)
    countermeasure = models.TextField(_("対策"), blank=True)
    solver = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("対策の担当"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="+", db_index=False,
    )  # fmt: skip
    due_on = models.DateField(_("回答の期限"), null=True, blank=True)
    answer = models.TextField(_("お客様への回答"), blank=True)
    answered_at = models.DateTimeField(_("回答日時"), null=True, blank=True)
    talk = models.ForeignKey(
        "activities.Talk", verbose_name=_("聞いた取引"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="voices",
    )  # fmt: skip

    class Meta(Record.Meta):
        verbose_name = _("お客様の声")
        indexes: ClassVar = [
            models.Index(
                fields=["account", "-created_at", "-id"],
                name="voice_by_account",
                condition=Q(account__isnull=False),
            ),
            models.Index(
                fields=["contact", "-created_at", "-id"],
                name="voice_by_contact",
                condition=Q(contact__isnull=False),
            ),
            models.Index(
                fields=["lead", "-created_at", "-id"],
                name="voice_by_lead",
                condition=Q(lead__isnull=False),
            ),
            models.Index(
                fields=["created_at", "id"], name="voice_open", condition=PRESENT & Q(answered_at__isnull=True)
            ),
            models.Index(
                fields=["solver", "due_on", "id"], name="voice_by_solver", condition=PRESENT & Q(solver__isnull=False)
            ),
            models.Index(fields=["-created_at", "-id"], name="voice_by_time", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="voice_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="voice_trash", condition=Q(trashed_at__isnull=False)),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.subject

    @property
    def is_closed(self) -> bool:
        return self.state in CLOSED
