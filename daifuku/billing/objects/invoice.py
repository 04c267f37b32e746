"""請求 as an object. A draft is entered and changed like any record; the paper comes by a verb."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.billing import contents
from daifuku.billing.models import Invoice
from daifuku.billing.models.invoice import DRAFT, SINGLE
from daifuku.billing.objects import choices, synonyms
from daifuku.catalog.openness import keep_as_open, take_customer
from daifuku.customers.objects.shared import PRIVACIES, in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.documents.amounts import Kind, totals
from daifuku.documents.line_types import Lines
from daifuku.documents.models.issuer import issuer
from daifuku.foundation.errors import FieldProblem
from daifuku.ledger.channel import moment
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    LongText,
    Money,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
    YesNo,
)
from daifuku.records.catalogue.types.moment import TOKYO
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("lines", _("明細")),
    ("terms", _("支払いと備考")),
    ("sums", _("金額")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)


def _follows(key: str, label: Any, kind: Any, section: str = "sums", **options: Any) -> Field:
    """Worked out from what was typed or happened; nobody types it."""
    return Field(key, label, kind, section, editable=False, **options)


FIELDS = (
    _follows("number", _("請求番号"), Text(40), "basic", listed=True),
    Field("account", _("取引先"), RecordLink("account"), required=True, quick=True, listed=True, sort_by="account_id"),
    Field("contact", _("先方の担当者"), RecordLink("contact"), quick=True, sort_by="contact_id",
          help=_("請求書の宛名とメールの宛先になります")),
    Field("title", _("件名"), Text(200), required=True, quick=True, listed=True),
    _follows("kind", _("種類"), Choice(choices.KINDS), "basic", default=SINGLE),
    _follows("state", _("状態"), Choice(choices.STATES), "basic", listed=True, default=DRAFT),
    _follows("issued_on", _("発行日"), Date(), "basic", listed=True),
    Field("traded_on", _("取引日"), Date(), quick=True, help=_("納品やサービスの日。空欄なら発行日")),
    Field("lines", _("明細"), Lines(object="invoice", suggest="quotes:products"), "lines", quick=True, sortable=False),
    Field("due_on", _("支払期日"), Date(), "terms", quick=True, listed=True, help=_("空欄なら取引先の支払条件から")),
    Field("payment", _("支払条件"), Text(200), "terms", help=_("空欄なら取引先の支払条件")),
    Field("note", _("備考"), LongText(4000), "terms", quick=True, sortable=False, help=_("請求書に印刷します")),
    Field("included", _("単価は税込み"), YesNo(), "terms", help=_("空欄なら設定のもの")),
    Field("memo", _("社内メモ"), LongText(4000), "terms", sortable=False, help=_("請求書には印刷しません")),
    _follows("net", _("税抜金額"), Money()),
    _follows("tax", _("消費税額"), Money()),
    _follows("total", _("合計金額"), Money(), listed=True),
    _follows("settled", _("入金の状況"), Choice(choices.SETTLED), listed=True),
    _follows("paid", _("入金済みの金額"), Money()),
    _follows("open", _("入金待ちの残り"), Money(), listed=True),
    _follows("settled_on", _("入金が済んだ日"), Date()),
    # Of a closing invoice, whose panel of lines tells them.
    _follows("previous", _("前回請求額"), Money(), on_page=False),
    _follows("received", _("入金額"), Money(), on_page=False),
    _follows("carried", _("繰越金額"), Money(), on_page=False),
    _follows("period_from", _("対象期間の初日"), Date()),
    _follows("closes_on", _("締め日"), Date()),
    _follows("corrects", _("訂正する請求"), RecordLink("invoice"), "keeping", sort_by="corrects_id"),
    _follows("reason", _("訂正の理由"), Text(200), "keeping"),
    _follows("reversed_on", _("取消日"), Date(), "keeping"),
    _follows("sent_on", _("送付日"), Date(), "keeping"),
    Field("owner", _("営業担当"), PersonLink(), "keeping", sort_by="owner_id"),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip
# What is printed, or decides what is: after issue it stays as it is.
ON_PAPER = frozenset(
    {"account", "contact", "title", "traded_on", "lines", "due_on", "payment", "note", "included"}
)


def prepare(invoice: Invoice, changed: frozenset[str]) -> None:
    """The customer's terms and the firm's way of counting, where nobody said otherwise; sums of a draft."""
    invoice.kind, invoice.state = invoice.kind or SINGLE, invoice.state or DRAFT
    take_customer(invoice, changed)
    if not invoice.is_draft or getattr(invoice, "by_verb", False):
        return
    unsaid = invoice.included is None
    of = issuer()
    if unsaid:
        invoice.included = of.included
    new = invoice.pk is None
    if new:
        invoice.rounding = of.rounding
        invoice.payment = invoice.payment or invoice.account.payment_terms
    content = contents.of_draft(invoice, moment().astimezone(TOKYO).date())
    invoice.put_totals(totals(content.rows, invoice.rounding, included=invoice.included))


def not_after_issue(invoice: Invoice, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    touched = sorted(changed & ON_PAPER)
    if invoice.pk is None or not touched or invoice.is_draft:
        return
    sentence = _("発行した請求書は変更できません。「訂正する」で、元の請求書を指す訂正を発行してください。")
    yield FieldProblem(touched[0], sentence, code="issued")


def makes_sense(invoice: Invoice, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if not invoice.is_draft or getattr(invoice, "by_verb", False):
        return
    kinds = {line["kind"] for line in invoice.lines}
    if "lines" in changed and Kind.DISCOUNT in kinds and Kind.GOODS not in kinds:
        yield FieldProblem("lines", _("値引きする商品の行がありません。"), code="nothing_to_discount")
    due, traded = invoice.due_on, invoice.traded_on
    if changed & {"due_on", "traded_on"} and due is not None and traded is not None and due < traded:
        yield FieldProblem("due_on", _("支払期日が取引日より前です。日付を確認してください。"), code="before")


def contact_of_account(invoice: Invoice, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    contact = invoice.contact
    if not changed & {"contact", "account"} or contact is None or not invoice.is_draft:
        return
    if contact.account_id in (None, invoice.account_id):
        return
    from daifuku.catalog.prices import firms_above

    if contact.account_id not in {each.pk for each in firms_above(invoice.account)}:
        yield FieldProblem(
            "contact",
            _("この担当者は別の取引先の人です。取引先か担当者を選び直してください。"),
            code="other_firm",
        )


def search_text(invoice: Invoice) -> SearchText:
    goods = " ".join(line["name"] for line in invoice.lines[:50] if "name" in line)
    return SearchText(f"{invoice.number} {invoice.title}", "", (invoice.account.name, goods, invoice.memo))


def subtitle(invoice: Invoice, viewer: Viewer) -> str:
    return in_short(invoice, viewer, ("account",))


INVOICE = ObjectType(
    key="invoice", slug="invoices", model=Invoice, label=_("請求"), label_many=pgettext_lazy("many", "請求"),
    icon="receipt", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.INVOICE), search=search_text,
    lookup="number", name_label=_("請求"), order="-issued_on", subtitle=subtitle, prepare=prepare,
    headline=("state", "account", "issued_on", "due_on", "total", "owner"),
    quick_filters=("state", "settled", "account", "owner"), related=("account", "contact"), in_charge=False,
    form_scripts=("documents/js/lines.js",), checks=[not_after_issue, makes_sense, contact_of_account],
    after_save=[keep_as_open],
)  # fmt: skip
