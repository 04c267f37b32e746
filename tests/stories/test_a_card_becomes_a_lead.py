"""A card is mailed from the fair, typed by keyboard, told to the rep, and is a lead; all of it is taken back. Entered
again, the lead begins as a new face in a branch that is known, is taken back, and begins once more."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.message import EmailMessage
from smtplib import SMTP
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.activities.models import Task
from daifuku.cards.actions.settling import set_up
from daifuku.cards.mailbox import polling
from daifuku.cards.models import Card, Setup
from daifuku.cards.tests.conftest import picture
from daifuku.conversion.models import Conversion
from daifuku.customers.models import Lead
from daifuku.foundation.outgoing import allowed
from daifuku.jobs.testing import work_off
from daifuku.messages.models import Notice
from daifuku.messages.tests.webhooks_support import read_on
from daifuku.records.actions import create
from daifuku.rules.actions.installing import install_shipped
from daifuku.staff.models import Person, Role
from tests.support.imap import PASSWORD, USER, MailBox

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

    from daifuku.staff.testing import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def box(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailBox]:
    """Real servers for SMTP and IMAP on this machine; the card is read by hand."""
    from daifuku.cards.actions import reading

    monkeypatch.setattr(reading, "_reader", lambda: None)
    made = MailBox()
    settings.CALLS_ALLOWED = allowed.read([f"127.0.0.0/8:{made.port}"])
    made.start()
    made.receive()
    yield made
    made.stop()


@pytest.fixture
def toshiko(cast: Cast) -> Person:
    made: Person = Person.objects.create_user("toshiko@example.jp", family_name="栄", given_name="としこ")
    made.roles.add(Role.objects.get(key="clerk"))
    return made


def mail_it(box: MailBox, sender: str) -> None:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, USER, "名古屋ものづくり展"
    message.set_content("カタログを送る約束をしました。")
    message.add_attachment(picture("MISONO"), maintype="image", subtype="jpeg", filename="card.jpg")
    with SMTP("127.0.0.1", box.smtp_port) as server:
        server.send_message(message)


def test_a_card_becomes_a_lead_and_a_contact_of_a_branch(
    cast: Cast, toshiko: Person, box: MailBox, browser_page: Page, live_server: Any,
    sign_in: Callable[[Page, Person], None], screenshot: Callable[..., Path], accessible: Callable[[Page], None],
) -> None:  # fmt: skip
    page, site = browser_page, live_server.url
    branch = _known_branch(cast)
    _receive(box, cast)
    sign_in(page, toshiko)
    page.goto(f"{site}/cards/")
    page.get_by_text("名古屋ものづくり展").wait_for()
    screenshot(page, "cards-queue")
    accessible(page)
    page.get_by_role("link", name="入力を始める").click()
    page.get_by_text("カタログを送る約束をしました。").first.wait_for()
    page.locator("#id_company:focus").wait_for()
    for word in ("株式会社みその工業", "", "購買部", "課長", "味園", "太郎"):
        page.keyboard.insert_text(word)
        page.keyboard.press("Enter")
    page.locator("#id_email").focus()
    page.keyboard.insert_text("misono@misono.example.jp")
    page.locator('[data-field="email"][data-filled]').wait_for()
    screenshot(page, "card-desk")
    accessible(page)
    page.keyboard.press("Alt+1")
    page.get_by_text("を登録しました").first.wait_for()

    lead = Lead.plain.get()
    assert (lead.company, lead.family_name, lead.owner) == ("株式会社みその工業", "味園", cast.aoyama)
    assert Card.objects.get().seconds < 60
    assert Task.plain.get().owner == cast.aoyama
    read_on()
    notice = Notice.objects.get(person=cast.aoyama, kind="cards.entered")
    sign_in(page, cast.aoyama)
    page.goto(f"{site}{notice.url}")
    page.get_by_role("heading", name="名刺", exact=True).wait_for()
    screenshot(page, "card-of-a-lead")
    sign_in(page, toshiko)
    _take_back_and_enter_again(page, site)
    sign_in(page, cast.aoyama)
    _begin_in_the_branch(page, site, branch, screenshot)


def _known_branch(cast: Cast) -> Any:
    head = create("account", {"name": "株式会社みその工業", "phone": "052-555-0100"}, by=cast.aoyama)
    branch = {"name": "株式会社みその工業 一宮支店", "parent": head, "phone": "0586-55-0100"}
    return create("account", branch, by=cast.aoyama)


def _receive(box: MailBox, cast: Cast) -> None:
    values = {
        "mail_on": True, "host": "127.0.0.1", "port": box.port, "security": "none", "user": USER, "password": PASSWORD,
    }  # fmt: skip
    set_up(values, by=cast.mizuno)
    install_shipped(by=cast.mizuno)
    mail_it(box, cast.aoyama.email)
    Setup.objects.update(polled_at=None)
    assert polling.turn()
    work_off()
    read_on()


def _take_back_and_enter_again(page: Page, site: str) -> None:
    """What was typed is still there: one key enters it once more."""
    page.goto(f"{site}/cards/?show=done")
    page.get_by_role("link", name="味園").first.click()
    page.get_by_role("button", name="元に戻す").first.click()
    page.get_by_text("元に戻しました").first.wait_for()
    assert not Lead.plain.filter(trashed_at__isnull=True).exists()
    assert Card.objects.get().state == "waiting"
    page.goto(f"{site}/cards/{Card.objects.get().uid}/desk/")
    page.locator("#id_company:focus").wait_for()
    assert page.locator("#id_email").input_value() == "misono@misono.example.jp"
    page.get_by_role("button", name="新しい見込み客").click()
    page.get_by_text("を登録しました").first.wait_for()


def _begin_in_the_branch(page: Page, site: str, branch: Any, screenshot: Callable[..., Path]) -> None:
    lead = Lead.plain.get(trashed_at__isnull=True)
    for again in (False, True):
        page.goto(f"{site}/leads/{lead.uid}/")
        page.get_by_role("link", name="取引を開始する").click()
        page.get_by_label("株式会社みその工業 一宮支店").first.check()
        page.get_by_role("button", name="取引を開始する").click()
        page.get_by_text("の取引を開始しました").first.wait_for()
        done = Conversion.objects.select_related("account", "contact").get(undone_at__isnull=True)
        assert (done.account, done.contact.account) == (branch, branch)
        card = Card.objects.get()
        assert (card.object, card.record_id) == ("contact", done.contact_id)
        if again:
            break
        page.goto(f"{site}/leads/{lead.uid}/convert/undo/")
        page.get_by_role("button", name="取引の開始を取り消す").click()
        page.get_by_text("の取引の開始を取り消しました").first.wait_for()
        card = Card.objects.get()
        assert (card.object, card.record_id) == ("lead", lead.pk)
    page.goto(site + done.contact.get_absolute_url())
    page.get_by_text("名古屋ものづくり展").first.wait_for()
    screenshot(page, "card-of-a-contact")
