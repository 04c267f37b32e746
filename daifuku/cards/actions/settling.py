"""The administrator says who enters cards, until when, and which mailbox they are sent to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from daifuku.cards.mailbox.connecting import PURPOSE
from daifuku.cards.mailbox.polling import box_of
from daifuku.cards.models import Letter, Setup
from daifuku.cards.models.setup import SECURITIES
from daifuku.foundation.errors import FieldProblem, Invalid
from daifuku.foundation.sealed import seal
from daifuku.ledger import writing as ledger
from daifuku.records.actions.powers import need_settings
from daifuku.records.actions.settling import held
from daifuku.staff.actions import cleaning
from daifuku.staff.actions.changes import check_version, put
from daifuku.staff.models import Person

LONGEST_PASSWORD = 1000
NO_MAILBOX = {
    "mail_on": False, "mail_address": "", "host": "", "port": 993, "security": "ssl", "user": "", "folder": "INBOX",
}  # fmt: skip


def set_up(changes: Mapping[str, Any], *, by: Person, version: int | None = None) -> Setup:
    """What is not sent stays; an empty `password` keeps the old one. `clerks` is a list of people.

    Raises Invalid, Forbidden, Stale.
    """
    need_settings(by)
    values = cleaning.clean_all({key: value for key, value in changes.items() if key in CLEANERS}, CLEANERS)
    password = values.pop("password", "")
    with ledger.writing():
        row = held(Setup)
        check_version(row, version)
        known, box = bool(row.password), box_of(row)
        done = put(row, values)
        _need_all_of_mailbox(row, changes)
        _need_password_anew(known, done, changes)
        if {"host", "user", "folder"} & set(done):
            _leave(row, box)
        if password:
            row.password, row.polled_at, row.trouble = seal(password, PURPOSE), None, ""
            done["password"] = ["", ""]
        row.version += 1
        row.save()
        if "clerks" in changes and set(changes["clerks"]) != set(row.clerks.all()):
            done["clerks"] = [
                sorted(row.clerks.values_list("pk", flat=True)),
                sorted(each.pk for each in changes["clerks"]),
            ]
            row.clerks.set(changes["clerks"])
        if done:
            ledger.record(
                "cards.set_up", by=by, about=[ledger.About("cards_setup", row.pk)], data={"changes": done}
            )
    return row


def forget_mailbox(*, by: Person, version: int | None = None) -> Setup:
    """It is looked into no more and its password is gone for good; what came of its messages stays written down.

    Raises Forbidden, Stale.
    """
    need_settings(by)
    with ledger.writing():
        row = held(Setup)
        check_version(row, version)
        box = box_of(row)
        done = put(row, NO_MAILBOX)
        if row.password:
            row.password, done["password"] = "", ["", ""]
        _leave(row, box)
        if done:
            row.version += 1
            row.save()
            about = [ledger.About("cards_setup", row.pk)]
            ledger.record("cards.mailbox_forgotten", by=by, about=about, data={"changes": done})
    return row


def _leave(row: Setup, box: str) -> None:
    """What waits in the mailbox that was looked into so far will not be fetched any more; the page says so."""
    row.uidvalidity = row.last_uid = row.on_server = 0
    row.polled_at, row.trouble = None, ""
    Letter.objects.filter(box=box).leave(
        _("受け取る前に、メールの設定が変わりました。もう一度送ってもらってください。")
    )


def _need_all_of_mailbox(row: Setup, changes: Mapping[str, Any]) -> None:
    if not row.mail_on:
        return
    lacking = [name for name in ("host", "user") if not getattr(row, name)]
    if not row.password and not changes.get("password"):
        lacking.append("password")
    if lacking:
        raise Invalid(
            [
                FieldProblem(name, _("メールで受け取るには入力が必要です。"), code="required")
                for name in lacking
            ]
        )


def _need_password_anew(known: bool, done: Mapping[str, Any], changes: Mapping[str, Any]) -> None:
    """The password that is kept goes only where whoever typed it wanted it to go, and never less hidden than then."""
    elsewhere = {"host", "port", "user"} & set(done) or done.get("security", ["", ""])[1] == "none"
    if known and elsewhere and not changes.get("password"):
        sentence = _("サーバーや暗号化の方法を変えるときは、パスワードも入力し直してください。")
        raise Invalid([FieldProblem("password", sentence, code="required")])


def _password(raw: Any) -> str:
    word = str(raw or "")
    if len(word) > LONGEST_PASSWORD or any(ord(char) < 32 or ord(char) == 127 for char in word):
        raise ValueError(_("改行などの制御文字を含まない、1000文字までのパスワードを入力してください。"))
    return word


def _security(raw: Any) -> str:
    if str(raw) not in dict(SECURITIES):
        raise ValueError(_("暗号化の方法を選んでください。"))
    return str(raw)


def _address(raw: Any) -> str:
    return str(cleaning.email(raw)) if str(raw or "").strip() else ""


CLEANERS: dict[str, cleaning.Cleaner] = {
    "due_hours": cleaning.number(1, 240),
    "target_seconds": cleaning.number(10, 600),
    "check_percent": cleaning.number(0, 100),
    "talk_days": cleaning.number(0, 30),
    "mail_on": cleaning.truth,
    "mail_address": _address,
    "host": cleaning.text(200),
    "port": cleaning.number(1, 65535),
    "security": _security,
    "user": cleaning.text(200),
    "folder": cleaning.text(100),
    "strict": cleaning.truth,
    "password": _password,
}
