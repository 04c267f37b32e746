"""運用ルール: what must be filled in when, until when, by whom; checked on every way in and read by everybody."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.reversing import url_of
from daifuku.foundation.uuid7 import uuid7


class Moment(models.TextChoices):
    """Only of a new record, or from then on: also when one comes to meet the condition or a field is emptied."""

    CREATED = "created", _("新しく登録するとき")
    ALWAYS = "always", _("登録するときと、変更するとき")


class Missing(models.TextChoices):
    REFUSE = "refuse", _("保存できない")
    DUTY = "duty", _("保存して、あとで入力する約束にする")


class Until(models.TextChoices):
    GATE = "gate", _("保存するとき（すぐに）")
    MINUTES = "minutes", _("決まった分数のうち")
    VISIT = "visit", _("次の訪問予定の開始まで（分数の上限つき）")
    DAY = "day", _("その日のうち")
    WORKDAYS = "workdays", _("決まった営業日数のうち")


class Who(models.TextChoices):
    OWNER = "owner", _("記録を担当する社員")
    CREATOR = "creator", _("登録した人")
    PERSON = "person", _("決まった人")


class RuleQuerySet(models.QuerySet["Rule"]):
    def kept(self) -> RuleQuerySet:
        """Without those that were removed."""
        return self.filter(removed_at__isnull=True)

    def in_force(self) -> RuleQuerySet:
        return self.kept().filter(on=True)


class Rule(models.Model):
    """For records of the kind `object` that meet `condition`, from the choice `stage_from` of `stage_field` on, the
    fields `required` are filled in and the fields `emptied` left empty.

    A rule of `binds` is the duties' own ("call_minutes", "visit_minutes"): the talk itself is what is owed, and its
    minutes stand in their settings, so that there is one number. `imports`: what a file brings is owed as well.
    """

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    title = models.CharField(_("名前"), max_length=60)
    object = models.CharField(_("記録の種類"), max_length=30)
    moment = models.CharField(_("いつ"), max_length=10, choices=Moment, default=Moment.CREATED)
    condition = models.JSONField(_("条件"), default=dict)
    stage_field = models.CharField(_("段階の項目"), max_length=63, blank=True)
    stage_from = models.CharField(_("この段階から"), max_length=63, blank=True)
    required = models.JSONField(_("必須の項目"), default=list)
    emptied = models.JSONField(_("空欄にしておく項目"), default=list)
    missing = models.CharField(_("足りないとき"), max_length=10, choices=Missing, default=Missing.DUTY)
    until = models.CharField(_("期限"), max_length=10, choices=Until, default=Until.WORKDAYS)
    amount = models.PositiveIntegerField(_("分・営業日"), default=1)
    who = models.CharField(_("入力する人"), max_length=10, choices=Who, default=Who.OWNER)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    imports = models.BooleanField(_("取り込んだ記録にも約束を作る"), default=False)
    note = models.CharField(_("説明"), max_length=300, blank=True)
    binds = models.CharField(max_length=20, blank=True)
    on = models.BooleanField(_("使う"), default=True)
    position = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[RuleQuerySet] = RuleQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["position", "id"]

    def __str__(self) -> str:
        return self.title

    @property
    def origin(self) -> str:
        """Of the duties that follow from it."""
        return f"rule:{self.uid}"

    def get_absolute_url(self) -> str:
        return url_of("rules:rule", self.uid)
