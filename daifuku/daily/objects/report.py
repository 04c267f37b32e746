"""日報 as an object: so it is found, listed, commented on, exported and told of as all records are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from daifuku.customers.objects.shared import PRIVACIES
from daifuku.daily.models import Report
from daifuku.daily.models.report import CLOSED, REOPENED
from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.object_type import ObjectType, SearchText
from daifuku.records.catalogue.types import Choice, Date, DateTime, LongText, Option, PersonLink, Text
from daifuku.staff.viewer import Viewer

STATES = (
    Option(CLOSED, _("締めた"), "green"),
    Option(REOPENED, _("書き直し中"), "orange"),
)
SECTIONS = (
    ("basic", _("所感・相談")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
WRITTEN = ("remark", "consult")
FIELDS = (
    Field("title", _("件名"), Text(120), "keeping", editable=False, listed=True),
    Field("day", _("日付"), Date(), "keeping", editable=False, listed=True),
    Field("state", _("状態"), Choice(STATES), "keeping", editable=False, listed=True),
    Field("remark", _("所感"), LongText(), personal=True, sortable=False),
    Field("consult", _("相談"), LongText(), personal=True, sortable=False),
    Field("closed_at", _("締めた日時"), DateTime(), "keeping", editable=False, listed=True),
    Field("first_closed_at", _("最初に締めた日時"), DateTime(), "keeping", editable=False),
    Field("owner", _("書いた人"), PersonLink(), "keeping", editable=False, listed=True, sort_by="owner_id"),
    Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
    Field("created_at", _("登録日時"), DateTime(), "keeping", editable=False),
    Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
)  # fmt: skip


def only_the_writer(report: Any, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    """A report is made by closing the day, and only its writer changes what he said."""
    if report.pk is None and not getattr(report, "closing", False):
        yield FieldProblem(
            "day", _("日報は「日報」のページで、その日を締めて提出してください。"), code="close_the_day"
        )
    elif report.owner_id != viewer.pk and changed & set(WRITTEN):
        yield FieldProblem(
            "remark",
            _("日報を書き直せるのは書いた本人だけです。コメントで伝えてください。"),
            code="not_yours",
        )


def search_text(report: Report) -> SearchText:
    return SearchText(report.title, "", (report.remark, report.consult))


DAILY_REPORT = ObjectType(
    key="daily_report", slug="daily-reports", model=Report, place=90, label=_("日報"),
    label_many=pgettext_lazy("many", "日報"), icon="file", sections=SECTIONS, fields=FIELDS,
    search=search_text, lookup="title", order="-day", headline=("day", "owner", "state"),
    quick_filters=("owner", "state"), in_charge=False, checks=[only_the_writer],
)  # fmt: skip
