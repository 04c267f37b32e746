"""A person of the firm, who signs in by e-mail."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from daifuku.foundation.sql.prepared import by_keys
from daifuku.foundation.uuid7 import uuid7


class PersonQuerySet(models.QuerySet["Person"]):
    def working(self) -> PersonQuerySet:
        """Those who may sign in and be chosen as the person in charge."""
        return self.filter(is_active=True)


class PersonManager(BaseUserManager.from_queryset(PersonQuerySet)):  # type: ignore[misc]
    def create_user(self, email: str, password: str | None = None, **details: Any) -> Person:
        """Saves a person who signs in with this e-mail; without a password only by an invitation's link."""
        person: Person = self.model(email=email.strip().lower(), **details)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def get(self, *args: Any, **kwargs: Any) -> Person:
        """By key alone, as the one who is signed in is asked for with every page, the question is ready."""
        key = kwargs.get("pk")
        # The people of a role or a team are a manager of a kind of their own.
        if type(self) is not PersonManager or args or len(kwargs) != 1 or type(key) is not int:
            found: Person = super().get(*args, **kwargs)
            return found
        people = by_keys(self.model)([key])
        if not people:
            raise self.model.DoesNotExist
        return people[0]  # type: ignore[no-any-return]

    def get_by_natural_key(self, username: str) -> Person:
        person: Person = self.get(email=username.lower())
        return person


class Person(AbstractBaseUser):
    """Name order is family name first; kana stand beside names and sort them."""

    class Theme(models.TextChoices):
        SYSTEM = "system", _("端末に合わせる")
        LIGHT = "light", _("明るい")
        DARK = "dark", _("暗い")

    uid = models.UUIDField(default=uuid7, unique=True, editable=False)
    email = models.EmailField(_("メールアドレス"), unique=True)
    family_name = models.CharField(_("姓"), max_length=40)
    given_name = models.CharField(_("名"), max_length=40, blank=True)
    family_kana = models.CharField(_("セイ"), max_length=40, blank=True)
    given_kana = models.CharField(_("メイ"), max_length=40, blank=True)
    title = models.CharField(_("役職"), max_length=40, blank=True)
    phone = models.CharField(_("電話番号"), max_length=40, blank=True)
    language = models.CharField(_("表示言語"), max_length=5, default="ja")
    theme = models.CharField(_("配色"), max_length=6, choices=Theme.choices, default=Theme.SYSTEM)
    roomy = models.BooleanField(_("行間を広くする"), default=False)
    roles = models.ManyToManyField("staff.Role", related_name="people", blank=True)
    substitute = models.ForeignKey(
        "self",
        verbose_name=_("代理"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="stands_in_for",
    )
    absent_from = models.DateField(_("不在開始"), null=True, blank=True)
    absent_until = models.DateField(_("不在終了"), null=True, blank=True)
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_on = models.DateField(_("退職日"), null=True, blank=True)

    objects: ClassVar[Any] = PersonManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["family_name"]

    class Meta:
        ordering = ["family_kana", "given_kana", "id"]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.family_name} {self.given_name}".strip()

    def get_full_name(self) -> str:
        return self.full_name

    @property
    def is_staff(self) -> bool:
        """Nobody enters Django's own administration pages: there are none."""
        return False
