"""What talks and plans have in common: with whom, who keeps them, and that they are as open as their customer."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from daifuku.customers.objects.shared import PRIVACIES
from daifuku.customers.openness import hands_of, put
from daifuku.foundation.errors import FieldProblem
from daifuku.records.catalogue import vocabulary
from daifuku.records.catalogue.field import Field
from daifuku.records.catalogue.types import Choice, DateTime, PersonLink, RecordLink, TeamLink
from daifuku.staff.viewer import Viewer

HEADING = re.compile("【[^】]*】")
SUBJECTS = ("account", "contact", "lead")
SECTIONS = (
    ("basic", _("基本情報")),
    ("custom", _("追加項目")),
    ("keeping", _("管理")),
)
# Nobody talks longer in one go; larger numbers are typing mistakes.
LONGEST = timedelta(days=7)


def customer_fields() -> list[Field]:
    """取引先, 先方の担当者."""
    return [
        Field(
            "account", _("取引先"), RecordLink("account"), quick=True, listed=True, sort_by="account_id",
            help=_("担当者を選べば空欄でかまいません"),
        ),
        Field("contact", _("先方の担当者"), RecordLink("contact"), quick=True, listed=True, sort_by="contact_id"),
    ]  # fmt: skip


def lead_field() -> Field:
    return Field(
        "lead",
        _("見込み客"),
        RecordLink("lead"),
        quick=True,
        sort_by="lead_id",
        help=_("まだ取引のない相手のとき"),
    )


def deal_field() -> Field:
    return Field(
        "deal", _("商談"), RecordLink("deal"), quick=True, sort_by="deal_id",
        help=_("商談を選べば、取引先は空欄でかまいません"),
    )  # fmt: skip


def keeping_fields(owner: Any, *, created_at: Any, created_by: Any) -> list[Field]:
    """Who it was or will be, who wrote it down and when. Team and privacy are the customer's."""
    return [
        Field("owner", owner, PersonLink(), "keeping", listed=True, quick=True, sort_by="owner_id"),
        Field("team", _("チーム"), TeamLink(), "keeping", editable=False, sort_by="team_id"),
        Field("privacy", _("公開範囲"), Choice(PRIVACIES), "keeping", editable=False),
        Field("created_at", created_at, DateTime(), "keeping", editable=False),
        Field("created_by", created_by, PersonLink(), "keeping", editable=False, sort_by="created_by_id"),
        Field("updated_at", _("更新日時"), DateTime(), "keeping", editable=False),
    ]


def take_customer(record: Any, changed: frozenset[str]) -> None:
    """The contact's firm, where none was said; and who may see it, as the customer says it."""
    if record.pk is not None and not changed & {*SUBJECTS, "deal", "order"}:
        return
    if record.account_id is None and record.contact_id is not None:
        record.account = record.contact.account
    if record.account_id is None and record.lead_id is None and record.deal is not None:
        record.account_id, record.lead_id = record.deal.account_id, record.deal.lead_id
    customer = record.account or record.lead
    if customer is not None:
        put(record, hands_of(customer))


def take_subject(record: Any) -> None:
    """Without a subject line it is called by the first line of its text that is no heading, or by how it was done."""
    if record.subject:
        return
    lines = (line.strip() for line in record.text.splitlines())
    first = next((line for line in lines if line and not HEADING.fullmatch(line)), "")
    field = vocabulary.fields_of(record.object_key)["method"]
    record.subject = first[:60] or (field.type.display(record.method) if record.method else str(_("予定")))


def with_somebody(record: Any, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    if record.account_id is None and record.lead_id is None:
        if record.contact_id is not None:
            sentence = _("この担当者には取引先がありません。取引先を選んでください。")
        else:
            sentence = _("取引先、担当者、見込み客のどれかを選んでください。")
        yield FieldProblem("account", sentence, code="required")


def runs_forward(record: Any, changed: frozenset[str], viewer: Viewer) -> Iterable[FieldProblem]:
    started, ended = record.started_at, record.ended_at
    if not changed & {"started_at", "ended_at", "minutes"} or started is None or ended is None:
        return
    if ended < started:
        yield FieldProblem(
            "ended_at", _("終了が開始より前です。日時を確認してください。"), code="ends_before"
        )
    elif ended - started > LONGEST:
        yield FieldProblem(
            "ended_at", _("7日を超える長さは登録できません。日時を確認してください。"), code="too_long"
        )


def end_of(started: datetime, minutes: int | None) -> datetime | None:
    """None where so many minutes cannot be."""
    if minutes is None or not 0 < minutes <= LONGEST.total_seconds() / 60:
        return None
    return started + timedelta(minutes=minutes)
