"""タスク as an object."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.activities.models import Task
from daifuku.activities.objects import choices, synonyms
from daifuku.activities.objects.shared import (
    SECTIONS,
    SUBJECTS,
    customer_fields,
    deal_field,
    keeping_fields,
    lead_field,
    take_customer,
)
from daifuku.customers.objects.shared import in_short
from daifuku.customers.objects.synonyms import with_synonyms
from daifuku.ledger.channel import moment
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, Date, DateTime, LongText, Text
from daifuku.staff.viewer import Viewer

FIELDS = (
    Field("subject", _("件名"), Text(200), required=True, quick=True, listed=True, personal=True),
    Field("due_on", _("期限"), Date(), quick=True, listed=True),
    Field("priority", _("優先度"), Choice(choices.PRIORITIES), quick=True, listed=True),
    Field("state", _("状態"), Choice(choices.TASK_STATES), listed=True, default="open"),
    *customer_fields(),
    Field("text", _("詳細"), LongText(), quick=True, personal=True, sortable=False),
    lead_field(),
    deal_field(),
    Field("done_at", _("完了日時"), DateTime(), editable=False),
    *keeping_fields(_("担当"), created_at=_("登録日時"), created_by=_("登録者")),
)  # fmt: skip


def prepare(task: Task, changed: frozenset[str]) -> None:
    """An empty state is the first one; when it was done is kept until it is undone."""
    task.state = task.state or "open"
    if not task.is_done:
        task.done_at = None
    elif task.done_at is None:
        task.done_at = moment()
    take_customer(task, changed)


def search_text(task: Task) -> SearchText:
    return SearchText(task.subject, "", (task.text,))


def subtitle(task: Task, viewer: Viewer) -> str:
    return in_short(task, viewer, SUBJECTS)


TASK = ObjectType(
    key="task", slug="tasks", model=Task, place=44, label=_("タスク"),
    label_many=pgettext_lazy("many", "タスク"), icon="square-check", sections=SECTIONS,
    fields=with_synonyms(FIELDS, synonyms.TASK), search=search_text, lookup="subject", order="-due_on",
    subtitle=subtitle, prepare=prepare, headline=("due_on", "priority", "state", "owner"),
    quick_filters=("state", "priority", "owner"), related=(*SUBJECTS, "deal"), in_charge=False,
)  # fmt: skip
