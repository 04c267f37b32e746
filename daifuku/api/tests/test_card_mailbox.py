"""The mailbox of the card address over the API: set, tried, forgotten; its messages listed, read, taken after all."""

from __future__ import annotations

import time
from email.message import EmailMessage
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.cards.mailbox import polling
from daifuku.cards.models import Card, Letter, Setup
from daifuku.cards.tests.conftest import picture
from daifuku.foundation.outgoing import allowed
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.staff.models import Person, Role
from tests.support.imap import PASSWORD, USER, MailBox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def box(settings: Any) -> Iterator[MailBox]:
    made = MailBox()
    settings.CALLS_ALLOWED = allowed.read([f"127.0.0.0/8:{made.port}"])
    made.start()
    yield made
    made.stop()


@pytest.fixture
def keeper(cast: Cast) -> Program:
    """水野 may change settings."""
    return Program(cast.mizuno)


@pytest.fixture
def clerk(cast: Cast) -> Program:
    made: Person = Person.objects.create_user(
        "toshiko@example.jp", "misonikomi-udon", family_name="栄", given_name="としこ"
    )
    made.roles.add(Role.objects.get(key="clerk"))
    return Program(made)


def of(box: MailBox, **others: Any) -> dict[str, Any]:
    return {
        "mail_on": True, "host": "127.0.0.1", "port": box.port, "security": "none", "user": USER,
        "password": PASSWORD, **others,
    }  # fmt: skip


def mail(sender: str, subject: str, *pictures: bytes, text: str = "急ぎです。") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, USER, subject
    message["Message-ID"] = f"<{time.monotonic_ns()}@example.jp>"
    message.set_content(text)
    for each in pictures:
        message.add_attachment(each, maintype="image", subtype="jpeg", filename="card.jpg")
    return message


def look() -> None:
    Setup.objects.update(polled_at=None)
    assert polling.turn()


def test_the_password_goes_in_and_never_comes_out(box: MailBox, keeper: Program) -> None:
    answers = [keeper.patch("/cards/settings", of(box), Idempotency_Key="k-1"), keeper.get("/cards/settings")]
    for answer in answers:
        now = said(answer)
        assert (now["host"], now["user"], now["has_password"], now["mail_on"]) == (
            "127.0.0.1",
            USER,
            True,
            True,
        )
        assert (PASSWORD not in answer.content.decode(), "password" not in now) == (True, True)
    row = Setup.objects.get()
    assert PASSWORD not in row.password
    assert row.password not in answers[1].content.decode()
    kept = [
        *Event.objects.values_list("data", flat=True),
        *IdempotentRequest.objects.values_list("body", flat=True),
    ]
    assert PASSWORD not in str(kept)


def test_what_is_not_sent_stays_and_the_clerks_are_people(cast: Cast, box: MailBox, keeper: Program) -> None:
    said(keeper.patch("/cards/settings", of(box)))
    now = said(keeper.patch("/cards/settings", {"due_hours": 8, "clerks": [str(cast.baba.uid)]}))
    assert (now["due_hours"], now["user"], now["has_password"]) == (8, USER, True)
    assert [each["uid"] for each in now["clerks"]] == [str(cast.baba.uid)]
    refused = problem(keeper.patch("/cards/settings", {"clerks": ["nobody"]}))
    assert [each["field"] for each in refused["problems"]] == ["clerks"]
    assert said(keeper.get("/cards/settings"))["clerks"] == now["clerks"]


def test_wrong_input_names_its_field_and_changes_nothing(box: MailBox, keeper: Program) -> None:
    for sent, fields in (
        ({"mail_on": True, "host": "imap.example.jp"}, {"user", "password"}), ({"port": 70000}, {"port"}),
        ({"security": "rot13"}, {"security"}), ({"due_hours": 0}, {"due_hours"}),
        ({"mail_address": "x"}, {"mail_address"}),
    ):  # fmt: skip
        refused = keeper.patch("/cards/settings", sent)
        assert refused.status_code == 422
        assert {each["field"] for each in problem(refused)["problems"]} == fields
    assert said(keeper.get("/cards/settings"))["mail_on"] is False
    version = said(keeper.patch("/cards/settings", of(box)))["version"]
    elsewhere = keeper.patch("/cards/settings", {"host": "evil.example.com"})
    assert [each["field"] for each in problem(elsewhere)["problems"]] == ["password"]
    assert keeper.patch("/cards/settings", {"due_hours": 3, "version": version - 1}).status_code == 412


def test_only_who_may_change_settings_may_change_these(box: MailBox, cast: Cast, clerk: Program) -> None:
    for program in (clerk, Program(cast.aoyama)):
        for method, path, body in (
            ("GET", "/cards/settings", None), ("PATCH", "/cards/settings", of(box)),
            ("DELETE", "/cards/mailbox", None), ("POST", "/cards/mailbox/try", None),
        ):  # fmt: skip
            assert program.ask(method, path, body).status_code == 403, (method, path)
    assert (Setup.objects.count(), box.said) == (0, [])


def test_a_try_says_what_lies_there_or_what_is_wrong(box: MailBox, keeper: Program) -> None:
    assert problem(keeper.post("/cards/mailbox/try"))["code"] == "no_mailbox"
    said(keeper.patch("/cards/settings", of(box, mail_on=False)))
    box.put(mail("stranger@example.com", "売り込み"))
    assert said(keeper.post("/cards/mailbox/try")) == {"works": True, "on_server": 1, "trouble": ""}
    assert Letter.objects.count() == 0
    said(keeper.patch("/cards/settings", {"password": "ちがう"}))
    tried = said(keeper.post("/cards/mailbox/try"))
    assert (tried["works"], "パスワードが違います" in tried["trouble"]) == (False, True)
    box.stop()
    assert "接続" in said(keeper.post("/cards/mailbox/try"))["trouble"]


def test_every_message_is_listed_and_one_is_taken_after_all(
    cast: Cast, box: MailBox, keeper: Program, clerk: Program
) -> None:
    said(keeper.patch("/cards/settings", of(box)))
    box.put(mail(cast.aoyama.email, "展示会", picture("a")))
    box.put(mail("stranger@example.com", "売り込み", picture("b")))
    box.put(mail(cast.aoyama.email, "打合せ", text="10時に変更してください。"))
    look()
    now = said(keeper.get("/cards/settings"))
    assert (now["on_server"], now["known"], now["trouble"], bool(now["polled_at"])) == (3, 3, "", True)
    listed = said(clerk.get("/cards/letters"))
    assert listed["counts"] == {"seen": 0, "taken": 1, "aside": 2, "failed": 0}
    assert [(each["subject"], each["state"]) for each in listed["items"]] == [
        ("打合せ", "aside"), ("売り込み", "aside"), ("展示会", "taken"),
    ]  # fmt: skip
    talk, sales, card = listed["items"]
    assert [each["uid"] for each in card["cards"]] == [str(Card.objects.get().uid)]
    assert said(clerk.get(f"/cards/letters/{talk['uid']}"))["text"] == "10時に変更してください。"
    assert [each["uid"] for each in said(clerk.get("/cards/letters?state=taken"))["items"]] == [card["uid"]]
    assert problem(clerk.get("/cards/letters?state=lost"))["code"] == "invalid"

    take = f"/cards/letters/{sales['uid']}/take"
    assert [each["field"] for each in problem(clerk.post(take, {}))["problems"]] == ["person"]
    assert said(clerk.post(take, {"person": str(cast.baba.uid)}))["state"] == "seen"
    assert clerk.post("/cards/mailbox/look").status_code == 202
    assert polling.turn()
    assert Card.objects.order_by("-pk")[0].brought_by == cast.baba
    assert problem(clerk.post(take, {"person": str(cast.baba.uid)}))["code"] == "taken"
    for path in ("/cards/letters", f"/cards/letters/{sales['uid']}"):
        assert Program(cast.aoyama).get(path).status_code == 404
    assert Program(cast.aoyama).post(take, {}).status_code == 404


def test_a_mailbox_is_forgotten_and_what_came_stays(
    cast: Cast, box: MailBox, keeper: Program, clerk: Program
) -> None:
    said(keeper.patch("/cards/settings", of(box)))
    box.put(mail("stranger@example.com", "売り込み", picture("b")))
    look()
    letter = Letter.objects.get()
    Letter.objects.filter(pk=letter.pk).update(state=Letter.State.SEEN)
    now = said(keeper.delete("/cards/mailbox"))
    assert (now["mail_on"], now["host"], now["user"], now["has_password"]) == (False, "", "", False)
    assert Setup.objects.get().password == ""
    assert polling.turn() is False
    left = said(clerk.get(f"/cards/letters/{letter.uid}"))
    assert (left["state"], "設定が変わりました" in left["why"]) == ("aside", True)
    refused = clerk.post(f"/cards/letters/{letter.uid}/take", {"person": str(cast.baba.uid)})
    assert problem(refused)["code"] == "elsewhere"
    assert problem(clerk.post("/cards/mailbox/look"))["code"] == "no_mailbox"
