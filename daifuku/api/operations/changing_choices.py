"""The choices of a field, for whoever edits the settings: added, renamed, coloured, ordered, retired, replaced."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of
from daifuku.api.operations.changing_fields import Rewritten, rewritten
from daifuku.api.routing import records
from daifuku.records.actions import choices
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.replacing import replace_choice
from daifuku.records.models import Choice

ALL = "/{slug}/fields/{field}/choices"
ONE = ALL + "/{choice}"


class ChoiceChange(Schema):
    """A choice that is not `active` is offered no more and stays where it was chosen."""

    model_config = ConfigDict(extra="forbid")

    label: str | None = None
    label_en: str | None = None
    colour: str | None = Field(
        None, description="grey, red, orange, yellow, green, teal, blue, indigo, purple, pink"
    )
    active: bool | None = None


class NewChoice(Schema):
    model_config = ConfigDict(extra="forbid")

    label: str
    label_en: str = ""
    colour: str = "grey"


class ChoiceOrder(Schema):
    model_config = ConfigDict(extra="forbid")

    order: list[str] = Field(..., max_length=1000)


class Replacement(Schema):
    """The key of the choice that takes its place; empty takes it away."""

    model_config = ConfigDict(extra="forbid")

    new: str = ""


class ChoiceItem(Schema):
    key: str
    label: str
    label_en: str
    colour: str
    active: bool


class ChoiceItems(Schema):
    items: list[ChoiceItem]


@records.post(
    ALL, operation_id="add_choice_{object}", summary=noop("選択肢の追加"), response={201: ChoiceItem}
)
def add_choice(request: Asked, slug: str, field: str, body: NewChoice) -> Answer:
    """Last in the order; its key is made here and stays for ever."""
    key = _object(request, slug)
    choices.choice_field(key, field)
    row = choices.add_choice(
        key, field, body.label, by=request.auth.person, colour=body.colour, label_en=body.label_en
    )
    return Answer(_json(row), 201)


@records.put(ALL, operation_id="order_choices_{object}", summary=noop("選択肢の並び順"), response=ChoiceItems)
def order_choices(request: Asked, slug: str, field: str, body: ChoiceOrder) -> Answer:
    """Keys in their new order; those not named follow."""
    key = _object(request, slug)
    choices.order_choices(key, field, body.order, by=request.auth.person)
    return Answer({"items": [_json(row) for row in Choice.objects.filter(object=key, field=field)]})


@records.patch(ONE, operation_id="change_choice_{object}", summary=noop("選択肢の変更"), response=ChoiceItem)
def change_choice(request: Asked, slug: str, field: str, choice: str, body: ChoiceChange) -> Answer:
    """Renames, recolours, retires, brings back. Records that have it keep it."""
    row = choices.row_of(_object(request, slug), field, choice)
    sent = body.model_dump(exclude_unset=True, exclude_none=True)
    return Answer(_json(choices.edit_choice(row, sent, by=request.auth.person)))


@records.post(
    ONE + "/replace",
    operation_id="replace_choice_{object}",
    summary=noop("選択肢の置き換え"),
    response=Rewritten,
)
def replace(request: Asked, slug: str, field: str, choice: str, body: Replacement) -> Answer:
    """In every record that has it; many are changed in the background. Undoing the line brings all of them back."""
    key = _object(request, slug)
    event, count = replace_choice(key, field, choice, body.new, by=request.auth.person)
    return Answer(rewritten(event, count, "records.replace_choice"))


def _object(request: Asked, slug: str) -> str:
    object_type = object_of(request.auth.viewer, slug)
    need_settings(request.auth.person)
    return object_type.key


def _json(row: Choice) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("key", "label", "label_en", "colour", "active")}
