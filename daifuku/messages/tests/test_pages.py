"""The pages of notices and of the mail's settings: one's own only, and for administrators only."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from daifuku.messages import mail, notices
from daifuku.messages.models import Mail, Notice

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_the_page_shows_ones_own_notices(client: Client, cast: Cast) -> None:
    notices.notify(cast.aoyama, kind="x", sentence="<b>取り込み</b>が終わりました")
    notices.notify(cast.baba, kind="x", sentence="他人のこと")
    client.force_login(cast.aoyama)
    page = client.get("/notices/").content.decode()
    assert "&lt;b&gt;取り込み" in page
    assert "他人のこと" not in page


def test_an_empty_page_teaches(client: Client, cast: Cast) -> None:
    client.force_login(cast.aoyama)
    assert "ここへお知らせが届きます" in client.get("/notices/").content.decode()


def test_going_to_what_it_is_about_is_having_read_it(client: Client, cast: Cast) -> None:
    notice = notices.notify(cast.aoyama, kind="x", sentence="見てください", url="/jobs/")
    client.force_login(cast.aoyama)
    answer = client.get(f"/notices/{notice.uid}/")
    assert (answer.status_code, answer["Location"]) == (302, "/jobs/")
    assert notices.unread_count(cast.aoyama) == 0


def test_one_or_all_can_be_marked_as_read(client: Client, cast: Cast) -> None:
    first, second = (notices.notify(cast.aoyama, kind="x", sentence=f"{n}") for n in range(2))
    client.force_login(cast.aoyama)
    client.post(f"/notices/{first.uid}/read/")
    assert notices.unread_count(cast.aoyama) == 1
    late = notices.notify(cast.aoyama, kind="x", sentence="その後に届いたもの")
    client.post("/notices/read/", {"newest": str(second.uid)})
    assert list(Notice.objects.unread()) == [late]


def test_the_notice_of_somebody_else_is_not_there(client: Client, cast: Cast) -> None:
    notice = notices.notify(cast.baba, kind="x", sentence="見てください", url="/jobs/")
    client.force_login(cast.aoyama)
    assert client.get(f"/notices/{notice.uid}/").status_code == 404
    assert client.post(f"/notices/{notice.uid}/read/").status_code == 404
    assert client.get(f"/notices/{uuid4()}/").status_code == 404
    client.post("/notices/read/", {"newest": str(notice.uid)})
    assert notices.unread_count(cast.baba) == 1


def test_older_notices_are_a_page_further(client: Client, cast: Cast) -> None:
    for number in range(60):
        notices.notify(cast.aoyama, kind="x", sentence=f"第{number}報")
    client.force_login(cast.aoyama)
    answer = client.get("/notices/")
    assert len(answer.context["notices"]) == 50
    assert len(client.get(f"/notices/?before={answer.context['more']}").context["notices"]) == 10
    assert client.get("/notices/?before=9" + "9" * 40).status_code == 200


def test_the_administrator_sees_the_outbox_without_the_texts(client: Client, cast: Cast) -> None:
    mail.send("baba@example.jp", "招待", "秘密のリンク", key="k")
    client.force_login(cast.mizuno)
    page = client.get("/settings/mail/").content.decode()
    assert "baba@example.jp" in page
    assert "メールサーバー未設定" in page
    assert "秘密のリンク" not in page


def test_a_test_mail_goes_to_the_administrator_himself(client: Client, cast: Cast) -> None:
    client.force_login(cast.mizuno)
    client.post("/settings/mail/test/")
    assert Mail.objects.get().to == "mizuno@example.jp"


def test_kept_mail_can_be_sent(client: Client, cast: Cast, settings) -> None:
    mail.send("baba@example.jp", "招待", "本文", key="k")
    settings.EMAIL_HOST = "mail.example.jp"
    client.force_login(cast.mizuno)
    client.post("/settings/mail/send/")
    assert Mail.objects.get().state == "waiting"


@pytest.mark.parametrize(("method", "path"), [("get", ""), ("post", "test/"), ("post", "send/")])
def test_nobody_else_knows_of_it(method: str, path: str, client: Client, cast: Cast) -> None:
    client.force_login(cast.osaki)
    assert getattr(client, method)(f"/settings/mail/{path}").status_code == 404
    assert Mail.objects.count() == 0
