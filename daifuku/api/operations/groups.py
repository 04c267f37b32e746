"""Records counted and added up by a field: what the groups and the board of a list show."""

from __future__ import annotations

from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from ninja.params.functions import Query

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of
from daifuku.api.operations.many import _given, condition_of
from daifuku.api.routing import records
from daifuku.foundation.errors import DomainError, FieldProblem, Invalid
from daifuku.foundation.sql.time_limit import TookTooLong, at_most
from daifuku.records import grouping, listing, saved_views
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field

SECONDS = 20.0


class GroupItem(Schema):
    value: Any
    label: str
    count: int
    sums: dict[str, float | int | None]
    averages: dict[str, float | int | None]
    where: dict[str, Any] | None


class GroupAnswer(Schema):
    by: str
    items: list[GroupItem]
    more: bool


@records.get(
    "/{slug}/groups", operation_id="groups_{object}", summary=noop("集計"), response=GroupAnswer
)  # fmt: skip
def groups(
    request: Asked,
    slug: str,
    by: str = Query(
        "owner",
        description=noop("まとめる項目（選択・社員・チーム・はい/いいえ・日付・文字）。省略すると担当者ごと"),
        max_length=63,
    ),
    step: Literal["month", "quarter", "year"] = Query("month", description=noop("日付をまとめる期間")),
    sum: str = Query("", description=noop("合計する数の項目をコンマで区切って"), max_length=1000),
    view: str = Query("", description=noop("ビューのキー（/views で分かる）"), max_length=40),
    where: str = Query("", description=noop("条件のJSON（一覧の条件と同じ形）"), max_length=20_000),
    q: str = Query("", description=noop("検索する言葉"), max_length=200),
) -> Answer:
    """Each value with the number of its records and the sums; `where` narrows a list down to the group."""
    viewer = request.auth.viewer
    object_type = object_of(viewer, slug)
    fields = vocabulary.fields_for(viewer, object_type.key)
    field = _field("by", by, fields)
    if not grouping.groupable(field):
        raise _refused(
            "by", _("「%(field)s」ではまとめられません。ほかの項目を指定してください。"), field.name
        )
    sums = [_field("sum", name.strip(), fields) for name in sum.split(",") if name.strip()]
    for each in sums:
        if not each.type.numeric:
            raise _refused("sum", _("「%(field)s」は数の項目ではありません。"), each.name)
    kept = saved_views.find(viewer, object_type.key, view) if view else None
    condition = condition_of(kept, _given(where), object_type, viewer)
    rows = listing.query(object_type.key, viewer, condition, q, today=timezone.localdate(), columns=()).rows
    try:
        with at_most(SECONDS):
            found = grouping.groups_of(rows, field, sums, step=step, averaged=True)
    except TookTooLong as error:
        sentence = _("集計に時間がかかるため、中止しました。条件で絞り込んでください。")
        raise DomainError(sentence, code="took_too_long") from error
    items = [
        {
            "value": group.key, "label": group.name, "count": group.count, "where": group.test,
            "sums": {key: _number(value) for key, value in group.sums.items()},
            "averages": {key: _number(value) for key, value in group.averages.items()},
        }
        for group in found.groups
    ]  # fmt: skip
    return Answer({"by": field.key, "items": items, "more": found.more})


def _field(parameter: str, name: str, fields: dict[str, Field]) -> Field:
    if name not in fields:
        raise _refused(parameter, _("「%(field)s」という項目はありません。"), name[:63])
    return fields[name]


def _refused(parameter: str, sentence: str, name: str) -> Invalid:
    return Invalid([FieldProblem(parameter, sentence % {"field": name}, code="field")])


def _number(value: Any) -> Any:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
