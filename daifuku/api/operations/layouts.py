"""How the page of a kind of record is laid out: read by everybody, put by whoever edits the settings."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, wanted_version
from daifuku.api.routing import records
from daifuku.records.actions import layouts
from daifuku.records.actions.powers import need_settings
from daifuku.records.catalogue import vocabulary
from daifuku.records.models import Layout


class LayoutSection(Schema):
    """`column` is `fields` (left), `main` or `side`. An empty label is the shipped name."""

    model_config = ConfigDict(extra="forbid")

    key: str = Field(..., max_length=100)
    label: str = Field("", max_length=100)
    label_en: str = Field("", max_length=100)
    column: str = "fields"
    fields: list[str] = Field([], max_length=1000)


class LayoutPanel(Schema):
    model_config = ConfigDict(extra="forbid")

    key: str
    column: str


class PageLayout(Schema):
    """Fields and panels that are not named follow; those in `left_out` stand on no page."""

    model_config = ConfigDict(extra="forbid")

    sections: list[LayoutSection] = Field(..., max_length=100)
    left_out: list[str] = Field([], max_length=1000)
    panels: list[LayoutPanel] = Field([], max_length=100)


class PageLayoutNow(Schema):
    """`own` is false where it is the shipped layout."""

    sections: list[LayoutSection]
    left_out: list[str]
    panels: list[LayoutPanel]
    own: bool
    version: int


@records.get(
    "/{slug}/layout", operation_id="layout_{object}", summary=noop("ページの配置"), response=PageLayoutNow
)
def get_layout(request: Asked, slug: str) -> Answer:
    """Of the fields that the caller sees; whoever edits the settings reads all. Its ETag is its version."""
    return _shown(request, object_of(request.auth.viewer, slug).key)


@records.put(
    "/{slug}/layout",
    operation_id="apply_layout_{object}",
    summary=noop("ページの配置の変更"),
    response=PageLayoutNow,
)
def apply_layout(request: Asked, slug: str, body: PageLayout) -> Answer:
    """For everybody, at once, on the page and in the form."""
    object_key = object_of(request.auth.viewer, slug).key
    need_settings(request.auth.person)
    layouts.apply_layout(
        object_key, body.model_dump(), by=request.auth.person, version=wanted_version(request)
    )
    return _shown(request, object_key)


@records.delete(
    "/{slug}/layout", operation_id="reset_layout_{object}", summary=noop("ページの配置を初めに戻す"),
    response={204: None},
)  # fmt: skip
def reset_layout(request: Asked, slug: str) -> Answer:
    """The shipped layout; fields of one's own keep their sections."""
    object_key = object_of(request.auth.viewer, slug).key
    need_settings(request.auth.person)
    layouts.reset_layout(object_key, by=request.auth.person, version=wanted_version(request))
    return Answer(status=204)


def _shown(request: Asked, object_key: str) -> Answer:
    row = Layout.objects.filter(object=object_key).first()
    content: dict[str, Any] = vocabulary.layout_of(object_key).json()
    if not request.auth.viewer.has_power("settings"):
        seen = vocabulary.fields_for(request.auth.viewer, object_key)
        for each in content["sections"]:
            each["fields"] = [key for key in each["fields"] if key in seen]
        content["left_out"] = [key for key in content["left_out"] if key in seen]
    version = row.version if row else 0
    return Answer(
        {**content, "own": bool(row and row.content), "version": version}, 200, {"ETag": f'"{version}"'}
    )
