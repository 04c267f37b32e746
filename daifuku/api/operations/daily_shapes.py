"""What the operations of daily reports take and give."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field


class Said(Schema):
    model_config = ConfigDict(extra="forbid")

    day: date
    remark: str | None = Field(None, description=noop("所感。送らなければ下書きのまま"))
    consult: str | None = Field(None, description=noop("相談。送らなければ下書きのまま"))


class DraftText(Schema):
    model_config = ConfigDict(extra="forbid")

    day: date
    remark: str = ""
    consult: str = ""
    version: int | None = Field(None, description=noop("見ていた下書きの版。0 はまだないとき"))


class KeptDraft(Schema):
    day: str
    remark: str
    consult: str
    version: int


class DayItem(Schema):
    """`later`: "added" or "changed" after the day was closed."""

    object: str
    uid: str
    label: str
    url: str
    at: str | None
    words: list[str]
    about: list[str]
    later: str


class DayGap(Schema):
    label: str
    state: str
    due_at: str
    url: str


class CompiledDay(Schema):
    """`hidden` counts what the reader may not see; `report` is the uid of the report, null where there is none."""

    person: dict[str, Any]
    day: str
    report: str | None
    state: str
    minutes: int
    talks: list[DayItem]
    plans: list[DayItem]
    tasks: list[DayItem]
    records: list[DayItem]
    ahead: list[DayItem]
    gaps: list[DayGap]
    hidden: int


class Unread(Schema):
    count: int
    reports: list[dict[str, Any]]


class MorningLine(Schema):
    text: str
    note: str
    url: str
    person: dict[str, Any] | None
    at: str | None
    words: list[str]
    about: list[str]
    object: str
    uid: str | None


class MorningSection(Schema):
    key: str
    label: str
    total: int
    lines: list[MorningLine]


class MorningPerson(Schema):
    person: dict[str, Any]
    visits: int
    calls: int
    others: int
    minutes: int
    waiting: int
    tasks: int
    registered: int
    missing: int
    late: int
    state: str
    report: str | None


class MorningSheet(Schema):
    day: str
    sections: list[MorningSection]
    people: list[MorningPerson]
    shared: list[dict[str, Any]]


class NewShared(Schema):
    model_config = ConfigDict(extra="forbid")

    remark: str = ""
    slug: str | None = Field(None, description=noop("記録の種類。ひと言だけなら書きません"))
    uid: str | None = Field(None, description=noop("記録の番号"))
    day: date | None = Field(None, description=noop("どの日の朝の一枚に載せるか"))


class SharedItem(Schema):
    uid: str
    day: str
    at: str
    by: dict[str, Any]
    remark: str
    label: str
    url: str


class SharedItems(Schema):
    items: list[SharedItem]


class DailySettings(Schema):
    switches_at: int
    due_at: str
    writers: list[str]
    readers: list[str]
    mails: bool
    mails_at: str


class DailySettingsChange(Schema):
    model_config = ConfigDict(extra="forbid")

    switches_at: int | None = Field(None, ge=0, le=11)
    due_at: str | None = None
    writers: list[str] | None = None
    readers: list[str] | None = None
    mails: bool | None = None
    mails_at: str | None = None
