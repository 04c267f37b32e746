"""商談 as an object."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.objects.choices import LEAD_SOURCES
from daifuku.customers.objects.shared import in_short, keeping_fields
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.deals import openness, processes
from daifuku.deals.models import Deal
from daifuku.deals.models.deal import LOST, OPEN, RUNNING
from daifuku.deals.objects import checks, choices, synonyms
from daifuku.ledger.channel import moment
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, Date, DateTime, Integer, LongText, Money, RecordLink, Text
from daifuku.records.undoing import taking_back
from daifuku.staff.viewer import Viewer

SECTIONS = (
    ("basic", _("基本情報")),
    ("next", _("次にすること")),
    ("lost", _("失注")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
FIELDS = (
    Field("name", _("商談名"), Text(200), required=True, quick=True, listed=True),
    Field("account", _("取引先"), RecordLink("account"), quick=True, listed=True, sort_by="account_id"),
    Field("contact", _("先方の担当者"), RecordLink("contact"), quick=True, sort_by="contact_id"),
    Field(
        "lead", _("元の見込み客"), RecordLink("lead"), sort_by="lead_id", help=_("まだ取引のない相手のとき")
    ),
    Field(
        "process", _("営業プロセス"), Choice(), quick=True, help=_("空欄ならいつものプロセスになります"),
    ),
    Field("stage", _("段階"), Choice(), quick=True, listed=True, help=_("空欄なら最初の段階になります")),
    Field(
        "stage_note", _("お客様の反応・理由"), Text(500), personal=True, sortable=False, momentary=True,
        help=_("段階を変えるとき: 前の段階が済んだとわかるお客様の反応、飛ばす・戻す理由。履歴に残ります"),
    ),
    Field("state", _("状態"), Choice(choices.STATES), editable=False),
    Field("amount", _("金額"), Money(), quick=True, listed=True),
    Field(
        "probability", _("受注確度（%）"), Integer(), help=_("空欄なら段階の確度になります。段階を変えると変わります"),
    ),
    Field("expected", _("見込み金額"), Money(), editable=False, help=_("金額×受注確度")),
    Field("forecast", _("ヨミ"), Choice(choices.FORECASTS), help=_("空欄なら段階のヨミになります")),
    Field("close_on", _("受注予定日"), Date(), quick=True, listed=True),
    Field(
        "closed_on", _("結果が出た日"), Date(), help=_("受注・失注した日。空欄なら、その段階に移した日になります")
    ),
    Field("product", _("商品"), Text(200), quick=True),
    Field("source", _("きっかけ"), Choice(LEAD_SOURCES)),
    Field("note", _("備考"), LongText(), personal=True, sortable=False),
    Field("next_step", _("次にすること"), Text(200), "next", quick=True, personal=True, listed=True),
    Field("next_on", _("次にする日"), Date(), "next", quick=True),
    Field(
        "step_on", _("次の予定"), Date(), "next", editable=False, listed=True,
        help=_("「次にする日」と、この商談の予定・タスクのうち、いちばん早い日"),
    ),
    Field("alone", _("放置"), Choice(choices.ALONE), "next", editable=False),
    Field("alone_since", _("放置になった日"), Date(), "next", editable=False),
    Field("lost_reason", _("失注理由"), Choice(choices.LOST_REASONS), "lost"),
    Field("competitor", _("決まった他社"), Text(100), "lost"),
    Field("lost_note", _("失注の詳細"), LongText(), "lost", personal=True, sortable=False),
    Field(
        "ask_again_on", _("いつまた声をかけるか"), Date(), "lost",
        help=_("この日になると「放置」と「今日」に出ます"),
    ),
    Field("stage_since", _("この段階になった日時"), DateTime(), "keeping", editable=False),
    *keeping_fields("deal", privacy=_("取引先（なければ見込み客）のほうが狭いときは、そちらに合わせます")),
)  # fmt: skip


def prepare(deal: Deal, changed: frozenset[str]) -> None:
    """The process and the stage where none was said, and all that follows from them."""
    if deal.account_id is None and deal.contact is not None:
        deal.account = deal.contact.account
    openness.take_customer(deal, changed)
    _take_stage(deal, changed)
    stage = processes.stage(deal.stage)
    if stage is not None and deal.stage != deal.was.get("stage"):
        _enter(deal, stage, changed)
    elif stage is not None:
        if deal.probability is None:
            deal.probability = stage.probability
        deal.forecast = deal.forecast or stage.forecast
    deal.expected = None if deal.amount is None else round(deal.amount * (deal.probability or 0) / 100)
    days = [day for day in (deal.next_on, deal.ahead_on) if day is not None]
    deal.step_on = min(days) if days else None


def _take_stage(deal: Deal, changed: frozenset[str]) -> None:
    """A stage of the same name where the process is another one: files bring names."""
    stage = processes.stage(deal.stage)
    if not deal.process:
        deal.process = stage.process if stage else processes.book().usual.key
    process = processes.process(deal.process)
    if process is None or not process.stages:
        return
    if stage is None and not deal.stage:
        deal.stage = process.first.key
    elif stage is not None and stage.process != process.key and (deal.pk is None or "stage" not in changed):
        alike = process.named(stage.name) or (process.named(stage.name_en) if stage.name_en else None)
        deal.stage = alike.key if alike else deal.stage


def _enter(deal: Deal, stage: processes.Stage, changed: frozenset[str]) -> None:
    new = deal.pk is None
    deal.stage_since, deal.state = moment(), stage.kind
    if deal.probability is None or not new and "probability" not in changed:
        deal.probability = stage.probability
    if not deal.forecast or not new and "forecast" not in changed:
        deal.forecast = stage.forecast
    was_open = deal.was.get("state", OPEN) == OPEN
    if stage.kind == OPEN:
        deal.closed_on = None if not taking_back() or "closed_on" not in changed else deal.closed_on
    elif (was_open or stage.kind == LOST) and (deal.closed_on is None or "closed_on" not in changed):
        deal.closed_on = timezone.localtime(moment()).date()


def search_text(deal: Deal) -> SearchText:
    return SearchText(deal.name, "", (deal.product, deal.next_step, deal.competitor, deal.note))


def subtitle(deal: Deal, viewer: Viewer) -> str:
    return in_short(deal, viewer, ("account", "contact" if deal.contact_id else "lead"))


DEAL = ObjectType(
    key="deal", slug="deals", model=Deal, label=_("商談"), label_many=pgettext_lazy("many", "商談"),
    icon="briefcase", sections=SECTIONS, fields=with_synonyms(FIELDS, synonyms.DEAL), search=search_text,
    lookup="name", order="-updated_at", subtitle=subtitle, prepare=prepare,
    headline=("amount", "close_on", "probability", "owner", "step_on"),
    quick_filters=("stage", "process", "state", "owner"), related=("account", "contact", "lead"),
    open_sections=("basic", "next"), still=Q(state__in=RUNNING),
    checks=[checks.with_somebody, openness.no_wider, checks.in_bounds, checks.by_the_process],
    after_save=[openness.keep_as_closed],
)  # fmt: skip
