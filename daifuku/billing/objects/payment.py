"""入金 as an object. What it was set off against follows from its set-offs; nobody types that."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.billing.models import Payment
from daifuku.billing.objects import synonyms
from daifuku.catalog.openness import keep_as_open, take_customer
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    LongText,
    Money,
    Option,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.staff.viewer import Viewer

METHODS = (
    Option("transfer", _("振込"), "blue"),
    Option("cash", _("現金"), "green"),
    Option("bill", _("手形"), "orange"),
    Option("electronic", _("電子記録債権"), "purple"),
    Option("offset", _("相殺"), "teal"),
    Option("other", pgettext_lazy("payment", "その他"), "grey"),
)
STATES = (
    Option("unset", pgettext_lazy("payment", "未消込（前受）"), "orange"),
    Option("partly", pgettext_lazy("payment", "一部消込"), "blue"),
    Option("set", pgettext_lazy("payment", "消込済み"), "green"),
    Option("cancelled", pgettext_lazy("payment", "取り消し"), "grey"),
)
SECTIONS = (
    ("basic", _("基本情報")),
    ("sums", _("消込")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field("number", _("入金番号"), Text(40), listed=True, help=_("空欄なら自動で付けます")),
    Field("account", _("取引先"), RecordLink("account"), required=True, quick=True, listed=True, sort_by="account_id"),
    Field("paid_on", _("入金日"), Date(), required=True, quick=True, listed=True),
    Field("method", _("入金の方法"), Choice(METHODS), required=True, quick=True, listed=True, default="transfer"),
    Field("amount", _("入金額"), Money(), required=True, quick=True, listed=True, help=_("実際に入った金額")),
    Field(
        "fee", _("振込手数料（当社負担）"), Money(), quick=True,
        help=_("差し引かれて入金された手数料。入金額と合わせて消し込みます"),
    ),
    Field("matures_on", _("手形・電子記録債権の期日"), Date(), quick=True),
    Field("payer", _("振込名義"), Text(200), quick=True, listed=True, personal=True, help=_("通帳に出る名前（カナ）")),
    Field("note", _("備考"), LongText(4000), quick=True, sortable=False),
    Field("state", _("消込の状況"), Choice(STATES), "sums", listed=True, editable=False, default="unset"),
    Field("used", _("消込済みの金額"), Money(), "sums", editable=False),
    Field("left", _("前受（未消込）"), Money(), "sums", listed=True, editable=False),
    Field("cancelled_on", _("取消日"), Date(), "sums", editable=False),
    Field("cancel_reason", _("取り消しの理由"), Text(200), "sums", editable=False),
    Field("owner", _("営業担当"), PersonLink(), "keeping", editable=False, sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip
WITH_A_DAY = ("bill", "electronic")
# What the books speak of: with set-offs on it, a payment's worth and customer stand.
FIXED = frozenset({"account", "amount", "fee", "paid_on"})


def prepare(payment: Payment, changed: frozenset[str]) -> None:
    payment.fee = payment.fee or 0
    payment.state = payment.state or "unset"
    new = payment.pk is None
    if new and not payment.used:
        payment.left = max(0, (payment.amount or 0) + payment.fee)
    if new:
        payment.owner = payment.account.owner or payment.owner
    take_customer(payment, changed)


def makes_sense(payment: Payment, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if "amount" in changed and (payment.amount or 0) <= 0:
        sentence = _("入金額は1円以上で入力してください。返金や組戻しは、元の入金を取り消してください。")
        yield FieldProblem("amount", sentence, code="not_positive")
    if "fee" in changed and payment.fee < 0:
        yield FieldProblem("fee", _("手数料は0円以上で入力してください。"), code="negative")
    elif changed & {"fee", "amount"} and 0 < (payment.amount or 0) < payment.fee:
        sentence = _("手数料が入金額より大きくなっています。金額を確認してください。")
        yield FieldProblem("fee", sentence, code="too_large")
    if "paid_on" in changed and payment.paid_on > timezone.localdate():
        sentence = _("入金日に先の日付は使えません。入金を確認した日に登録してください。")
        yield FieldProblem("paid_on", sentence, code="future")
    if changed & {"matures_on", "paid_on"} and payment.matures_on and payment.matures_on < payment.paid_on:
        yield FieldProblem("matures_on", _("期日が入金日より前です。日付を確認してください。"), code="before")


def stays_as_set_off(payment: Payment, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    fixed = changed & FIXED
    if payment.pk is None or not fixed:
        return
    if payment.cancelled_on is not None:
        yield FieldProblem(min(fixed), _("取り消した入金は変更できません。"), code="cancelled")
    elif payment.used:
        sentence = _("請求書に消し込んだ入金です。先に消込を外してから変更してください。")
        yield FieldProblem(min(fixed), sentence, code="set_off")


def search_text(payment: Payment) -> SearchText:
    """Not by its amount: whoever may not see that would try it out. The list filters by it."""
    return SearchText(f"{payment.number} {payment.payer}", "", (payment.account.name,))


def subtitle(payment: Payment, viewer: Viewer) -> str:
    return in_short(payment, viewer, ("account",))


PAYMENT = ObjectType(
    key="payment", slug="payments", model=Payment, label=_("入金"), label_many=pgettext_lazy("many", "入金"),
    icon="square-check", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.PAYMENT), search=search_text,
    lookup="number",
    name_label=_("入金"), order="-paid_on", subtitle=subtitle, prepare=prepare,
    headline=("state", "account", "paid_on", "amount", "left"), quick_filters=("state", "account", "method"),
    related=("account",), in_charge=False, unique=("number",), entered_at="billing:receive",
    checks=[makes_sense, stays_as_set_off], after_save=[keep_as_open],
)  # fmt: skip
