"""Minutes: what a talk's lines say and what was made of them; their templates, how these are used, what to change.

The text itself is the talk's own: it is written with the operations of talks.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.activities.models import Talk
from daifuku.api.answers import Answer
from daifuku.api.auth import Asked
from daifuku.api.finding import object_of, record_of, uid_of, wanted_version
from daifuku.api.routing import fixed
from daifuku.foundation.errors import Forbidden, NotFound
from daifuku.minutes.actions import accept_many, apply_proposal, change_template
from daifuku.minutes.actions.changing import PLAIN
from daifuku.minutes.actions.drafting import others_at, present
from daifuku.minutes.found import Chip, Found, found_in, found_in_text
from daifuku.minutes.models import Minutes, Template
from daifuku.minutes.statistics import Use, statistics_of
from daifuku.minutes.templates import all_templates, newest
from daifuku.minutes.words import CHANGING
from daifuku.records.catalogue import registry, vocabulary
from daifuku.records.scope import seen_by_uid, sees
from daifuku.staff.viewer import Viewer


class MinutesBlank(Schema):
    """`type`: text, number, date, choice (of `options`), product or person."""

    name: str
    type: str = "text"
    options: list[str] = []


class MinutesHeading(Schema):
    name: str
    hint: str = ""
    slots: list[MinutesBlank] = []


class MinutesTemplate(Schema):
    uid: str
    name: str
    method: str
    content: str
    internal: bool
    retired: bool
    version: int
    edition: int
    headings: list[MinutesHeading]


class MinutesTemplates(Schema):
    templates: list[MinutesTemplate]


class NewBlank(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str
    type: str = Field("text", description=noop("text、number、date、choice、product、person のどれか"))
    options: list[str] = Field([], max_length=50, description=noop("choice の選択肢"))


class NewHeading(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str
    hint: str = ""
    slots: list[NewBlank] = Field([], max_length=50, description=noop("見出しの下の空欄"))


class NewTemplate(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str = Field(..., description=noop("会議の種類"))
    method: str = "visit"
    content: str = "other"
    internal: bool = Field(False, description=noop("社内の会議に使う（お客様なし）"))
    headings: list[NewHeading]


class ChangedTemplate(Schema):
    model_config = ConfigDict(extra="forbid")

    name: str | None = None
    method: str | None = None
    content: str | None = None
    internal: bool | None = None
    retired: bool | None = None
    headings: list[NewHeading] | None = None


class MinutesChip(Schema):
    """`state`: open, accepted, or changed where its line says something else since. `uid` and `object` name what it
    became; `person` is a colleague's or a contact's uid."""

    key: str
    kind: str
    heading: str
    line: int
    text: str
    state: str
    object: str = ""
    uid: str = ""
    person: str = ""
    day: str | None = None
    time: str | None = None
    topic: str = ""
    field: str = ""
    yen: int | None = None


class MinutesSection(Schema):
    name: str
    text: str


class MinutesAnswer(Schema):
    """What stands in a blank of the template: `text` as it was written, `value` as it was understood (a number, an ISO
    day, one of the choices, a uid), `problem` where it cannot be that. Without text it is open."""

    heading: str
    name: str
    type: str
    text: str
    value: str
    problem: str


class ReadMinutes(Schema):
    sections: list[MinutesSection]
    slots: list[MinutesAnswer]
    unfilled: list[str] = Field(..., description=noop("まだ書かれていない見出し"))
    chips: list[MinutesChip]


class TalkMinutes(ReadMinutes):
    talk: str
    version: int
    template: str | None
    edition: int | None


class TextToRead(Schema):
    model_config = ConfigDict(extra="forbid")

    text: str = Field(..., max_length=200_000)
    day: date | None = Field(None, description=noop("会議の日。なければ今日"))
    account: str | None = None
    contact: str | None = None
    lead: str | None = None


class ToAccept(Schema):
    model_config = ConfigDict(extra="forbid")

    keys: list[str] = Field([], max_length=500)
    all: bool = Field(False, description=noop("true なら、まだ登録していないものをすべて"))


class Writer(Schema):
    uid: str
    name: str


class WritersHere(Schema):
    """`others` have the minutes open now; a `version` above the one that was read says that somebody saved since."""

    others: list[Writer]
    version: int


class HeadingUse(Schema):
    name: str
    percent: int
    length: int
    reused: int


class TemplateProposal(Schema):
    kind: str
    name: str
    other: str
    sentence: str


class TemplateStatistics(Schema):
    minutes: int
    headings: list[HeadingUse]
    free: list[HeadingUse]
    proposals: list[TemplateProposal]


class ProposalToApply(Schema):
    model_config = ConfigDict(extra="forbid")

    kind: str
    name: str


@fixed.get(
    "/minutes/templates", operation_id="list_minutes_templates", summary=noop("議事録のひな形"),
    response=MinutesTemplates,
)  # fmt: skip
def list_templates(request: Asked) -> Answer:
    object_of(request.auth.viewer, "talks")
    return Answer({"templates": [_template(each) for each in all_templates()]})


@fixed.post(
    "/minutes/templates", operation_id="create_minutes_template", summary=noop("議事録のひな形の追加"),
    response={201: MinutesTemplate},
)  # fmt: skip
def create_template(request: Asked, body: NewTemplate) -> Answer:
    made = change_template(None, body.dict(), by=request.auth.person)
    return Answer(_template(made), status=201)


@fixed.patch(
    "/minutes/templates/{uid}", operation_id="change_minutes_template", summary=noop("議事録のひな形の変更"),
    response=MinutesTemplate,
)  # fmt: skip
def patch_template(request: Asked, uid: str, body: ChangedTemplate) -> Answer:
    template, version = _kept(request, uid), wanted_version(request)
    values = body.dict(exclude_none=True)
    return Answer(_template(change_template(template, values, by=request.auth.person, version=version)))


@fixed.get(
    "/minutes/templates/{uid}/statistics", operation_id="count_minutes_template",
    summary=noop("見出しの使われ方と次の版への提案"), response=TemplateStatistics,
)  # fmt: skip
def template_statistics(request: Asked, uid: str) -> Answer:
    told = statistics_of(_kept(request, uid).edition)
    proposals = [
        {"kind": each.kind, "name": each.name, "other": each.other, "sentence": each.sentence}
        for each in told.proposals
    ]
    uses, free = ([_use(each) for each in found] for found in (told.uses, told.free))
    return Answer({"minutes": told.number, "headings": uses, "free": free, "proposals": proposals})


@fixed.post(
    "/minutes/templates/{uid}/apply", operation_id="apply_minutes_proposal",
    summary=noop("ひな形への提案を取り入れる"), response=MinutesTemplate,
)  # fmt: skip
def apply(request: Asked, uid: str, body: ProposalToApply) -> Answer:
    template = _kept(request, uid)
    return Answer(_template(apply_proposal(template, body.kind, body.name, by=request.auth.person)))


@fixed.post(
    "/minutes/read", operation_id="read_minutes", summary=noop("議事録の読み取り"), response=ReadMinutes
)
def read_text(request: Asked, body: TextToRead) -> Answer:
    """Nothing is kept."""
    viewer = request.auth.viewer
    object_of(viewer, "talks")
    customer: dict[str, Any] = {}
    for name in CHANGING:
        if (uid := getattr(body, name)) is not None:
            customer[name] = seen_by_uid(registry.get(name).model, uid_of(uid), viewer)
            if customer[name] is None:
                raise NotFound
    return Answer(_read(found_in_text(body.text, body.day or timezone.localdate(), customer, viewer)))


@fixed.get(
    "/talks/{uid}/minutes", operation_id="get_talk_minutes", summary=noop("取引履歴の議事録"),
    response=TalkMinutes,
)  # fmt: skip
def talk_minutes(request: Asked, uid: str) -> Answer:
    talk = _talk(request.auth.viewer, uid)
    return Answer(_told(talk, request.auth.viewer))


@fixed.post(
    "/talks/{uid}/minutes/accept", operation_id="accept_talk_minutes", summary=noop("議事録からの登録"),
    response=TalkMinutes,
)  # fmt: skip
def accept_lines(request: Asked, uid: str, body: ToAccept) -> Answer:
    """All or nothing."""
    talk = _talk(request.auth.viewer, uid)
    accept_many(talk, None if body.all else body.keys, by=request.auth.person)
    return Answer(_told(_talk(request.auth.viewer, uid), request.auth.viewer))


@fixed.post(
    "/talks/{uid}/minutes/here", operation_id="write_talk_minutes_together",
    summary=noop("議事録を書いていることを知らせる"), response=WritersHere,
)  # fmt: skip
def say_here(request: Asked, uid: str) -> Answer:
    """To be said every 15 seconds while somebody writes; after 40 seconds of silence he is gone."""
    talk = _talk(request.auth.viewer, uid)
    if not sees(request.auth.viewer, talk, "edit"):
        raise Forbidden
    present(talk, by=request.auth.person)
    others = [{"uid": str(each.uid), "name": str(each)} for each in others_at(talk, request.auth.person)]
    return Answer({"others": others, "version": talk.version})


def _talk(viewer: Viewer, uid: str) -> Talk:
    talk: Talk = record_of(viewer, object_of(viewer, "talks"), uid)
    if "text" not in vocabulary.fields_for(viewer, "talk"):
        raise NotFound
    return talk


def _kept(request: Asked, uid: str) -> Template:
    if not request.auth.viewer.has_power("settings"):
        raise Forbidden
    found: Template | None = Template.objects.filter(uid=uid_of(uid)).first()
    if found is None:
        raise NotFound
    return found


def _template(template: Template) -> dict[str, Any]:
    edition = newest(template)
    plain = {name: getattr(template, name) for name in (*PLAIN, "version")}
    return {**plain, "uid": str(template.uid), "edition": edition.number, "headings": edition.headings}


def _use(use: Use) -> dict[str, Any]:
    return {"name": use.name, "percent": use.percent, "length": use.length, "reused": use.reused}


def _told(talk: Talk, viewer: Viewer) -> dict[str, Any]:
    row = Minutes.objects.filter(talk=talk).select_related("edition__template").first()
    edition = row.edition if row else None
    return {
        **_read(found_in(talk, viewer)), "talk": str(talk.uid), "version": talk.version,
        "template": str(edition.template.uid) if edition else None, "edition": edition.number if edition else None,
    }  # fmt: skip


def _read(found: Found) -> dict[str, Any]:
    sections = [{"name": each.name, "text": each.text} for each in found.sections]
    unfilled = [each.name for each in found.sections if each.name and not each.text]
    slots = [
        {
            "heading": each.slot.heading, "name": each.slot.name, "type": each.slot.type, "text": each.text,
            "value": each.value, "problem": each.problem,
        }
        for each in found.answers
    ]  # fmt: skip
    return {
        "sections": sections,
        "slots": slots,
        "unfilled": unfilled,
        "chips": [_chip(each) for each in found.chips],
    }


def _chip(chip: Chip) -> dict[str, Any]:
    finding, made = chip.finding, chip.accepted or {}
    state = "open" if chip.accepted is None else "changed" if chip.changed else "accepted"
    return {
        "key": finding.key, "kind": finding.kind, "heading": finding.heading, "line": finding.number + 1,
        "text": finding.text, "state": state, "object": made.get("object", ""), "uid": made.get("uid", ""),
        "person": finding.who.key if finding.who else "", "topic": finding.topic, "field": finding.field,
        "day": finding.day.isoformat() if finding.day else None,
        "time": finding.clock.strftime("%H:%M") if finding.clock else None, "yen": finding.yen,
    }  # fmt: skip
