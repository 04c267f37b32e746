"""活動予定 as an object."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.models import Plan
from daifuku.activities.objects import choices, synonyms
from daifuku.activities.objects.shared import (
    SECTIONS,
    SUBJECTS,
    customer_fields,
    deal_field,
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
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, DateTime, LongText, RecordLink, Text
from daifuku.staff.viewer import Viewer

FIELDS = (
    Field(
        "subject", _("件名"), Text(200), quick=True, listed=True, personal=True,
        help=_("空欄なら目的の最初の行か対応方法になります"),
    ),
    *customer_fields(),
    Field("started_at", _("日時"), DateTime(), required=True, quick=True, listed=True),
    Field("ended_at", _("終了日時"), DateTime(), quick=True),
    Field("method", _("対応方法"), Choice(choices.METHODS), quick=True, listed=True),
    Field("place", _("場所"), Text(200), quick=True, personal=True),
    Field("text", _("目的・準備"), LongText(), quick=True, personal=True, sortable=False),
    lead_field(),
    deal_field(),
    Field(
        "state", _("状態"), Choice(choices.STATES), listed=True, editable=False, default="planned",
        help=_("「結果を記録」「延期」「中止」のボタンで変わります"),
    ),
    Field("reason", _("延期・中止の理由"), Text(200), editable=False, personal=True),
    Field("postponed_from", _("延期前の日時"), DateTime(), editable=False),
    Field("talk", _("結果"), RecordLink("talk"), editable=False, sort_by="talk_id"),
    *keeping_fields(_("担当"), created_at=_("登録日時"), created_by=_("登録者")),
)  # fmt: skip


def prepare(plan: Plan, changed: frozenset[str]) -> None:
    take_customer(plan, changed)
    take_subject(plan)


def is_ahead(plan: Plan, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """What is over or called off is not moved any more."""
    if (
        plan.pk is not None
        and not plan.is_open
        and changed & {"started_at", "ended_at"}
        and "state" not in changed
    ):
        yield FieldProblem(
            "started_at", _("済んだ予定や中止した予定の日時は変えられません。新しい予定を登録してください。"),
            code="closed",
        )  # fmt: skip


def search_text(plan: Plan) -> SearchText:
    return SearchText(plan.subject, "", (plan.text, plan.place))


def subtitle(plan: Plan, viewer: Viewer) -> str:
    return in_short(plan, viewer, SUBJECTS)


PLAN = ObjectType(
    key="plan", slug="plans", model=Plan, place=42, label=_("活動予定"),
    label_many=pgettext_lazy("many", "活動予定"), icon="calendar", sections=SECTIONS,
    fields=with_synonyms(FIELDS, synonyms.PLAN), search=search_text, lookup="subject", order="-started_at",
    subtitle=subtitle, prepare=prepare, headline=("started_at", "state", "method", "owner"),
    quick_filters=("state", "method", "owner"), related=(*SUBJECTS, "deal"), in_charge=False,
    checks=[with_somebody, runs_forward, is_ahead],
)  # fmt: skip
