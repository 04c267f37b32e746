"""名刺の設定 and the mailbox of the card address: who enters and until when, the mailbox changed, tried, forgotten."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop as noop
from ninja import Schema
from pydantic import ConfigDict, Field

from daifuku.api.answers import Answer, named
from daifuku.api.auth import Asked
from daifuku.api.colleagues import colleague_named
from daifuku.api.operations.card_shapes import WORDS
from daifuku.api.routing import fixed, in_steps
from daifuku.cards import reading_state
from daifuku.cards.actions.looking import look_soon, try_mailbox
from daifuku.cards.actions.settling import forget_mailbox, set_up
from daifuku.cards.enterers import at_work
from daifuku.cards.mailbox.polling import known_of
from daifuku.cards.models import Setup, setup
from daifuku.records.actions.powers import need_settings

SETTINGS, MAILBOX = "/cards/settings", "/cards/mailbox"


class CardSettings(Schema):
    """The password of the mailbox is in no answer."""

    clerks: list[dict[str, str]] = Field(..., description=noop("入力の担当。空なら役割が営業事務の人"))
    at_work: list[dict[str, str]] = Field(..., description=noop("今日入力する人（代理を含む）"))
    due_hours: int
    target_seconds: int
    check_percent: int
    talk_days: int
    mail_on: bool
    mail_address: str
    host: str
    port: int
    security: str = Field(..., description=noop("ssl、starttls、none"))
    user: str
    folder: str
    strict: bool
    has_password: bool
    polled_at: str | None = Field(..., description=noop("最後に確認した時刻"))
    trouble: str = Field(..., description=noop("つながらない理由"))
    on_server: int = Field(..., description=noop("サーバーにあるメールの数"))
    known: int = Field(..., description=noop("そのうち一覧にある数"))
    reader: bool = Field(..., description=noop("読み取りの部品があるか"))
    version: int


class CardSettingsWish(Schema):
    model_config = ConfigDict(extra="forbid")

    clerks: list[str] | None = Field(None, max_length=100, description=noop("社員の番号"))
    due_hours: int | None = None
    target_seconds: int | None = None
    check_percent: int | None = None
    talk_days: int | None = None
    mail_on: bool | None = None
    mail_address: str | None = None
    host: str | None = None
    port: int | None = None
    security: str | None = Field(None, description=noop("ssl、starttls、none"))
    user: str | None = None
    password: str | None = Field(None, description=noop("書き込みだけ。空なら変わりません"))
    folder: str | None = None
    strict: bool | None = None
    version: int | None = None


class CardMailboxTried(Schema):
    works: bool
    on_server: int
    trouble: str


@fixed.get(
    SETTINGS, operation_id="get_card_settings", summary=noop("名刺の設定"), tags=[WORDS], response=CardSettings
)  # fmt: skip
def get_card_settings(request: Asked) -> Answer:
    """Needs the power to change settings."""
    need_settings(request.auth.person)
    return _settled(setup())


@fixed.patch(
    SETTINGS, operation_id="change_card_settings", summary=noop("名刺の設定の変更"), tags=[WORDS],
    response=CardSettings,
)  # fmt: skip
def change_card_settings(request: Asked, body: CardSettingsWish) -> Answer:
    """What is not named stays."""
    need_settings(request.auth.person)
    changes: dict[str, Any] = body.model_dump(exclude_unset=True, exclude_none=True)
    version = changes.pop("version", None)
    if "clerks" in changes:
        sentence = _("入力の担当には、在籍している社員を選んでください。")
        changes["clerks"] = [colleague_named(uid, "clerks", sentence) for uid in changes["clerks"]]
    return _settled(set_up(changes, by=request.auth.person, version=version))


@fixed.delete(
    MAILBOX, operation_id="forget_card_mailbox", summary=noop("名刺のメールの設定の削除"), tags=[WORDS],
    response=CardSettings,
)  # fmt: skip
def forget_card_mailbox(request: Asked) -> Answer:
    """Its password is gone for good; messages that came stay written down."""
    return _settled(forget_mailbox(by=request.auth.person))


@fixed.post(
    f"{MAILBOX}/try", operation_id="try_card_mailbox", summary=noop("名刺のメールの接続の確認"), tags=[WORDS],
    response=CardMailboxTried,
)  # fmt: skip
@in_steps
def try_card_mailbox(request: Asked) -> Answer:
    """Opens the mailbox as it is set, for half a minute at most."""
    tried = try_mailbox(by=request.auth.person)
    return Answer({"works": not tried.trouble, "on_server": tried.on_server, "trouble": tried.trouble})


@fixed.post(
    f"{MAILBOX}/look", operation_id="look_into_card_mailbox", summary=noop("名刺のメールをすぐに確認する"),
    tags=[WORDS], response={202: None},
)  # fmt: skip
def look_into_card_mailbox(request: Asked) -> Answer:
    """The worker looks at the next moment; for whoever enters cards."""
    look_soon(by=request.auth.person)
    return Answer(None, 202)


def _settled(row: Setup) -> Answer:
    today = timezone.localdate()
    return Answer(
        {
            **{name: getattr(row, name) for name in Setup.PLAIN},
            "clerks": [named(each) for each in row.clerks.all()] if row.pk else [],
            "at_work": [named(each) for each in at_work(today)],
            "has_password": bool(row.password), "polled_at": row.polled_at, "trouble": row.trouble,
            "on_server": row.on_server, "known": known_of(row), "reader": reading_state.available(),
            "version": row.version,
        }
    )  # fmt: skip
