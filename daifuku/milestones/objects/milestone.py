"""節目 as an object."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.objects.shared import MEMBER_ROLES, PRIVACIES, in_short
from daifuku.foundation.errors import FieldProblem
from daifuku.ledger.channel import moment
from daifuku.milestones.models import Milestone
from daifuku.milestones.objects import synonyms
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import (
    Choice,
    Date,
    DateTime,
    Integer,
    LongText,
    Members,
    MultiChoice,
    Option,
    PersonLink,
    RecordLink,
    TeamLink,
    Text,
)
from daifuku.records.scope import sees
from daifuku.staff.models import Role
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("telling", _("知らせる人")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
LONGEST_BEFORE = 365
FIELDS = (
    Field("name", _("節目"), Text(120), required=True, quick=True, listed=True),
    Field("deal", _("商談"), RecordLink("deal"), quick=True, listed=True, sort_by="deal_id"),
    Field("order", _("受注"), RecordLink("order"), quick=True, listed=True, sort_by="order_id"),
    Field("account", _("取引先"), RecordLink("account"), listed=True, editable=False, sort_by="account_id"),
    Field(
        "due_on", _("期日"), Date(), required=True, quick=True, listed=True, synonyms=synonyms.DUE_ON,
        help=_("ひな型から作った節目は、自分で変えるまで、納期などの日付が動くといっしょに動きます"),
    ),
    Field("done_on", _("済んだ日"), Date(), listed=True, synonyms=synonyms.DONE_ON),
    Field("owner", _("担当者"), PersonLink(), quick=True, listed=True, sort_by="owner_id",
          help=_("その日までにする人")),
    Field("note", _("メモ"), LongText(2000), personal=True, sortable=False),
    Field(
        "roles", _("知らせる役割"), MultiChoice(), "telling", quick=True, sortable=False,
        help=_("その役割の全員に、先の予定として見せ、近づいたら知らせます"),
    ),
    Field("members", _("知らせる人"), Members("milestone", MEMBER_ROLES), "telling", sortable=False,
          help=_("役割のほかに知らせる人。例: 山田 太郎、佐藤 花子")),
    Field("before", _("何日前に知らせるか"), Integer(), "telling", default=7,
          help=_("当日を過ぎて済んでいないときは、もう一度知らせます")),
    Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("created_by", _("登録者"), PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def role_options() -> list[Option]:
    """The roles of this firm."""
    return [Option(role.key, role.name) for role in Role.objects.all()]


def keeper_of(record: Any) -> int | None:
    """An order's is kept by whoever is in charge of the customer, a deal's by whoever brings the deal on."""
    keeper: int | None = record.keeper_id
    owner: int | None = record.owner_id
    return keeper or owner if record.object_key == "order" else owner or keeper


def prepare(milestone: Milestone, changed: frozenset[str]) -> None:
    """As open as its deal or order, and of the same people where nobody else is named."""
    if milestone.order is not None and milestone.deal_id is None:
        milestone.deal = milestone.order.deal
    of = milestone.of
    if of is None:
        return
    milestone.account, milestone.team_id, milestone.privacy = of.account, of.team_id, of.privacy
    milestone.keeper_id = keeper_of(of)
    if milestone.owner_id is None:
        milestone.owner = of.owner
    milestone.before = 7 if milestone.before is None else milestone.before
    milestone.roles = milestone.roles or []
    if milestone.pk is not None and "due_on" in changed:
        milestone.told = ""
        if not getattr(milestone, "moved_along", False):
            milestone.anchor = ""


def of_something(milestone: Milestone, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    of: Any = milestone.of
    if of is None:
        yield FieldProblem("deal", _("商談か受注を選んでください。"), code="required")
    elif changed & {"deal", "order"} and not sees(viewer, of, "edit"):
        field = "order" if milestone.order_id else "deal"
        yield FieldProblem(field, _("この商談・受注を変更する権限がありません。"), code="forbidden")
    if milestone.order is not None and milestone.deal_id not in (None, milestone.order.deal_id):
        sentence = _("この受注は別の商談のものです。商談か受注を選び直してください。")
        yield FieldProblem("order", sentence, code="other_deal")


def in_bounds(milestone: Milestone, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if not 0 <= milestone.before <= LONGEST_BEFORE:
        yield FieldProblem("before", _("0から365までの日数を入力してください。"), code="range")
    if milestone.done_on is not None and "done_on" in changed and milestone.done_on > _today():
        sentence = _("済んだ日に先の日付は使えません。済んでから入力してください。")
        yield FieldProblem("done_on", sentence, code="future")


def _today() -> date:
    return timezone.localtime(moment()).date()


def search_text(milestone: Milestone) -> SearchText:
    account = milestone.account.name if milestone.account is not None else ""
    return SearchText(milestone.name, "", (account,))


def subtitle(milestone: Milestone, viewer: Viewer) -> str:
    return in_short(milestone, viewer, ("account", "order", "deal"))


MILESTONE = ObjectType(
    key="milestone", slug="milestones", model=Milestone, label=_("節目"), label_many=pgettext_lazy("many", "節目"),
    icon="pin", sections=SECTIONS, fields=FIELDS, search=search_text, lookup="name", order="due_on",
    subtitle=subtitle, prepare=prepare, headline=("due_on", "done_on", "account", "order", "deal", "owner"),
    quick_filters=("owner", "account"), related=("account", "order", "deal"), in_charge=False, everywhere=False,
    open_sections=("telling",), checks=[of_something, in_bounds],
)  # fmt: skip
