"""取引履歴 as an object."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.models import Talk
from daifuku.activities.objects import choices, synonyms
from daifuku.activities.objects.shared import (
    LONGEST,
    SECTIONS,
    SUBJECTS,
    customer_fields,
    deal_field,
    end_of,
    keeping_fields,
    lead_field,
    runs_forward,
    take_customer,
    take_subject,
    with_somebody,
)
from daifuku.customers.objects.shared import in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.foundation.errors import FieldProblem
from daifuku.ledger.channel import entered_at, moment
from daifuku.orders.models import Order
from daifuku.orders.models.order import OPEN
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, DateTime, Integer, LongText, RecordLink, Text, YesNo
from daifuku.staff.viewer import Viewer

# The clock of a phone may be so much ahead of ours.
CLOCKS = timedelta(minutes=5)
FIELDS = (
    Field(
        "subject", _("件名"), Text(200), listed=True, personal=True,
        help=_("空欄なら詳細の最初の行になります"),
    ),
    *customer_fields(),
    Field("method", _("対応方法"), Choice(choices.METHODS), required=True, quick=True, listed=True),
    Field("content", _("対応内容"), Choice(choices.CONTENTS), required=True, quick=True, listed=True),
    Field("direction", _("どちらから"), Choice(choices.DIRECTIONS), quick=True),
    Field("text", _("詳細"), LongText(), required=True, quick=True, personal=True, sortable=False),
    Field("next_step", _("次にすること"), Text(200), quick=True, personal=True),
    Field(
        "started_at", _("日時"), DateTime(), quick=True, listed=True, help=_("空欄なら今の日時になります")
    ),
    lead_field(),
    deal_field(),
    Field(
        "order", _("受注"), RecordLink("order"), sort_by="order_id",
        help=_("納期や納品の話は、受注のページにも並びます。商談の受注が1つだけ進行中なら、空欄でかまいません"),
    ),
    Field("internal", _("社内の会議"), YesNo(), help=_("お客様なしで記録します。取引先などは空欄にします")),
    Field("minutes", _("所要時間（分）"), Integer()),
    Field("ended_at", _("終了日時"), DateTime()),
    Field("plan", _("元の予定"), RecordLink("plan"), editable=False, sort_by="plan_id"),
    *keeping_fields(_("対応した人"), created_at=_("記録日時"), created_by=_("記録した人")),
    Field(
        "entered_at", _("端末での入力日時"), DateTime(), "keeping", editable=False, sortable=False,
        help=_("電波のないところで入力したとき、スマートフォンの時計で記録されます"),
    ),
)  # fmt: skip


def prepare(talk: Talk, changed: frozenset[str]) -> None:
    talk.started_at = talk.started_at or moment()
    talk.internal = talk.internal or None
    new = talk.pk is None
    if new:
        talk.entered_at = talk.entered_at or entered_at()
    _keep_length(talk, changed)
    _take_order(talk, changed)
    take_customer(talk, changed)
    take_subject(talk)


def _take_order(talk: Talk, changed: frozenset[str]) -> None:
    """What is said of an order is said of its deal and its customer; of a deal with one order on the way, of that."""
    new = talk.pk is None
    if talk.order is not None and (new or "order" in changed):
        talk.deal_id = talk.deal_id or talk.order.deal_id
        if talk.account_id is None and talk.contact_id is None and talk.lead_id is None:
            talk.account = talk.order.account
    elif talk.deal_id is not None and talk.order_id is None and (new or "deal" in changed):
        waiting = Order.plain.filter(deal=talk.deal_id, state__in=OPEN, trashed_at__isnull=True)
        keys = list(waiting.values_list("pk", flat=True)[:2])
        talk.order_id = keys[0] if len(keys) == 1 else None


def _keep_length(talk: Talk, changed: frozenset[str]) -> None:
    """Of end and minutes the end counts; of a talk that is moved the length stays."""
    new = talk.pk is None
    if talk.ended_at is not None and (new or "ended_at" in changed):
        talk.minutes = round((talk.ended_at - talk.started_at).total_seconds() / 60)
    elif new or "minutes" in changed or ("started_at" in changed and talk.minutes):
        talk.ended_at = end_of(talk.started_at, talk.minutes)
    elif "ended_at" in changed:
        talk.minutes = None


def with_somebody_or_in_house(talk: Talk, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """A meeting of the house is no talk with a customer: it would count as one on his page."""
    if not talk.internal:
        yield from with_somebody(talk, changed, viewer)
    elif any(getattr(talk, f"{name}_id") for name in (*SUBJECTS, "deal", "order")):
        sentence = _(
            "社内の会議には、お客様と商談を付けられません。お客様を空欄にするか、「社内の会議」をやめてください。"
        )
        yield FieldProblem("internal", sentence, code="in_house")


def has_happened(talk: Talk, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """What is still to come is a plan."""
    if not changed & {"started_at", "ended_at", "minutes"}:
        return
    latest = moment() + CLOCKS
    sentence = _("これからのことは記録できません。活動予定に登録してください。")
    if talk.started_at > latest:
        yield FieldProblem("started_at", sentence, code="future")
    elif talk.ended_at is not None and talk.ended_at > latest:
        yield FieldProblem(
            "ended_at", _("終了がこれからの日時です。終わってから記録してください。"), code="future"
        )


def has_a_length(talk: Talk, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """Minutes that are derived from the end are not looked at here."""
    if talk.minutes is None or talk.ended_at is not None:
        return
    if talk.minutes <= 0:
        yield FieldProblem("minutes", _("1分以上で入力してください。"), code="range")
    elif talk.minutes > LONGEST.total_seconds() / 60:
        yield FieldProblem("minutes", _("7日を超える長さは登録できません。"), code="range")


def search_text(talk: Talk) -> SearchText:
    return SearchText(talk.subject, "", (talk.text, talk.next_step))


def subtitle(talk: Talk, viewer: Viewer) -> str:
    return in_short(talk, viewer, SUBJECTS)


TALK = ObjectType(
    key="talk", slug="talks", model=Talk, place=40, label=_("取引履歴"),
    label_many=pgettext_lazy("many", "取引履歴"), icon="phone", sections=SECTIONS,
    fields=with_synonyms(FIELDS, synonyms.TALK), search=search_text, lookup="subject", order="-started_at",
    subtitle=subtitle, prepare=prepare, headline=("started_at", "method", "content", "owner"),
    quick_filters=("method", "content", "owner"), related=(*SUBJECTS, "deal", "order"), in_charge=False,
    checks=[with_somebody_or_in_house, has_a_length, runs_forward, has_happened],
)  # fmt: skip
