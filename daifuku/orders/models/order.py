"""受注: what a customer has ordered, with the day on which he has it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from daifuku.customers.models import Contact
from daifuku.customers.models.account import PRESENT
from daifuku.documents.models import Paper
from daifuku.orders.models.shared import OfAccount
from daifuku.records.models import Record

OPEN = ("open", "partly")
# Nobody has to do anything about it any more.
OVER = ("paid", "cancelled")


class Order(OfAccount, Record, Paper):
    """`owner` answers for it until the money is in. `number` is ours, `customer_number` that of the customer's 注文書.

    `state` and the sums follow from lines, deliveries and what areas above add (`orders.state`); nobody types them.
    `issued_on` is the day of the last 注文請書.
    """

    object_key: ClassVar[str] = "order"
    # The deal that it named before it was saved with another one.
    left_deal: int | None = None
    # What is ordered, until the lines are written (`orders.objects.goods`).
    goods: Any = None

    contact = models.ForeignKey(
        Contact, verbose_name=_("先方の担当者"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="orders", db_index=False,
    )  # fmt: skip
    deal = models.ForeignKey(
        "deals.Deal",
        verbose_name=_("商談"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="orders",
    )
    quote = models.ForeignKey(
        "quotes.Quote", verbose_name=_("元の見積"), on_delete=models.PROTECT, null=True, blank=True,
        related_name="orders",
    )  # fmt: skip
    ordered_on = models.DateField(_("受注日"))
    due_on = models.DateField(_("納期"))
    customer_number = models.CharField(_("先方の注文番号"), max_length=80, blank=True)
    place = models.TextField(_("納品先"), blank=True)
    payment_terms = models.CharField(_("支払条件"), max_length=200, blank=True)
    note = models.TextField(_("備考"), blank=True)
    state = models.CharField(_("状況"), max_length=40, default="open", blank=True)
    delivered_on = models.DateField(_("最後の納品日"), null=True, blank=True)
    cancelled_on = models.DateField(_("取消日"), null=True, blank=True)
    cancel_reason = models.CharField(_("取り消しの理由"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("受注")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["number"], condition=~Q(number=""), name="order_number_once"),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("ordered_on")), name="order_due_after_ordered"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["account", "-ordered_on", "-id"], name="order_by_account"),
            models.Index(
                fields=["contact", "id"], name="order_by_contact", condition=Q(contact__isnull=False)
            ),
            models.Index(fields=["owner", "-ordered_on", "-id"], name="order_by_owner", condition=PRESENT),
            models.Index(
                fields=["due_on", "id"], name="order_waiting", condition=PRESENT & Q(state__in=OPEN)
            ),
            models.Index(fields=["-ordered_on", "-id"], name="order_by_day", condition=PRESENT),
            models.Index(fields=["-updated_at", "-id"], name="order_by_change", condition=PRESENT),
            models.Index(fields=["trashed_at"], name="order_trash", condition=Q(trashed_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()

    @property
    def is_open(self) -> bool:
        return self.state in OPEN and self.trashed_at is None
