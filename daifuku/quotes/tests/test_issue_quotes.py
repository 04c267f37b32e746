"""A quote goes out: numbered, sealed, sent, answered; approved where it must be; never changed afterwards."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from daifuku.catalog.models import Product
from daifuku.documents import sealing
from daifuku.documents.models import Sealed, Series
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.messages.models import Mail
from daifuku.quotes import actions
from daifuku.quotes.models import Approval, Link, Quote
from daifuku.quotes.paper import draft_of
from daifuku.quotes.views import offered
from daifuku.records import actions as records
from daifuku.records import undoing
from daifuku.staff.models import Company

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def firm(db):
    Company.objects.create(name="シャチホコ商事", invoice_number="T4000012090001")
    offered.asked.forget()


@pytest.fixture
def issued(cast, quote, today) -> Quote:
    actions.issue(quote, by=cast.aoyama, today=today)
    return quote


@pytest.fixture
def dear(cast, quote, today) -> Quote:
    """30 % off: somebody has to approve it."""
    off = [{**line, "discount": "30"} if line["kind"] == "goods" else line for line in quote.lines]
    return records.edit(quote, {"lines": off}, by=cast.aoyama)


def test_it_gets_the_next_number_and_is_kept(cast, issued, today) -> None:
    assert issued.number == f"Q{today.year}-0001"
    assert (issued.state, issued.issued_on) == ("issued", today)
    copy = Sealed.objects.get()
    assert (copy.number, copy.partner, copy.amount) == (issued.number, "青葉商事", 53_505)
    assert sealing.content_of(copy).startswith(b"%PDF-")
    assert Event.objects.get(kind="quote.issued").data["sha256"] == copy.sha256


def test_twice_is_refused_and_takes_no_number(cast, issued, today) -> None:
    with pytest.raises(Conflict, match="すでに発行"):
        actions.issue(issued, by=cast.aoyama, today=today)
    assert Series.objects.get().last == 1


def test_what_cannot_go_out_takes_no_number(cast, quote, account, today) -> None:
    empty = records.create("quote", {"title": "空", "account": account}, by=cast.aoyama)
    with pytest.raises(Invalid, match="商品の行"):
        actions.issue(empty, by=cast.aoyama, today=today)
    with pytest.raises(Invalid, match="有効期限が過ぎて"):
        actions.issue(quote, by=cast.aoyama, today=quote.valid_until + timedelta(days=1))
    with pytest.raises(Forbidden):
        actions.issue(quote, by=cast.eguchi, today=today)
    assert not Series.objects.exists()


def test_it_does_not_change_any_more(cast, issued) -> None:
    with pytest.raises(Invalid, match="新しい版を作る"):
        records.edit(issued, {"title": "別の件名"}, by=cast.aoyama)
    assert records.edit(issued, {"memo": "社内だけ"}, by=cast.aoyama).memo == "社内だけ"
    with pytest.raises(Conflict, match="ごみ箱に入れられません"):
        records.trash(issued, by=cast.aoyama)


def test_a_product_that_is_gone_stands_there_as_it_was(cast, account, today) -> None:
    values = {"code": "A-1", "name": "旧型台車", "price": "12800", "tax_class": "standard"}
    product = records.create("product", values, by=cast.mizuno)
    line = {"name": product.name, "code": "A-1", "unit_price": "12800", "product": str(product.uid)}
    quote = records.create("quote", {"title": "台車", "account": account, "lines": [line]}, by=cast.aoyama)
    actions.issue(quote, by=cast.aoyama, today=today)
    first = sealing.content_of(Sealed.objects.get())
    records.trash(product, by=cast.mizuno)
    Product.plain.all().delete()
    copy = Sealed.objects.get()
    assert sealing.content_of(copy) == first
    assert copy.data["lines"][0]["name"] == "旧型台車"


def test_markup_and_the_law_are_on_the_paper(cast, quote) -> None:
    evil = records.edit(quote, {"note": "<script>alert(1)</script>", "title": "<b>太字</b>"}, by=cast.aoyama)
    data = draft_of(evil).data
    assert data["lines"][3]["mark"] == "※"
    assert data["rates"] == [
        {"words": "10%対象", "net": "44,400", "tax": "4,440", "gross": "48,840"},
        {"words": "8%対象（軽減税率）", "net": "4,320", "tax": "345", "gross": "4,665"},
    ]
    assert sealing.draw(draft_of(evil)).startswith(b"%PDF-")


def test_a_new_version_takes_the_place_of_the_old(cast, issued, today) -> None:
    second = actions.revise(issued, by=cast.aoyama)
    assert (second.edition, second.first_id, second.state) == (2, issued.pk, "draft")
    issued.refresh_from_db()
    assert issued.state == "issued", "the customer's copy holds until the new one is out"
    with pytest.raises(Conflict, match="作成中の版"):
        actions.revise(issued, by=cast.aoyama)
    actions.issue(second, by=cast.aoyama, today=today)
    issued.refresh_from_db()
    assert (issued.state, second.number) == ("replaced", f"Q{today.year}-0002")
    assert Sealed.objects.get(number=second.number).data["before"] == issued.number


def test_one_version_at_most_is_accepted(cast, issued, today) -> None:
    actions.record_answer(issued, "accepted", by=cast.aoyama, today=today)
    with pytest.raises(Conflict, match="受注"):
        actions.revise(Quote.plain.get(), by=cast.aoyama)


def test_after_its_validity_it_cannot_be_accepted(cast, issued) -> None:
    late = issued.valid_until + timedelta(days=1)
    with pytest.raises(Conflict, match="有効期限.*過ぎている"):
        actions.record_answer(issued, "accepted", by=cast.aoyama, today=late)
    assert actions.record_answer(issued, "declined", by=cast.aoyama, today=late).state == "declined"
    undoing.undo(Event.objects.get(kind="quote.declined"), by=cast.aoyama)
    assert Quote.plain.get().state == "issued"


def test_beyond_the_limits_somebody_approves(cast, dear, today) -> None:
    with pytest.raises(Conflict, match="値引率30.0%が基準の20"):
        actions.issue(dear, by=cast.aoyama, today=today)
    actions.ask(dear, by=cast.aoyama, note="台数がまとまるため")
    for who in (cast.aoyama, cast.baba, cast.mizuno):
        with pytest.raises(Forbidden):
            actions.approve(dear, by=who)
    with pytest.raises(Invalid, match="承認を待っている"):
        records.edit(dear, {"title": "こっそり"}, by=cast.aoyama)
    actions.approve(dear, by=cast.osaki)
    actions.issue(Quote.plain.get(), by=cast.aoyama, today=today)
    assert Approval.objects.get().decided_by == cast.osaki


def test_it_is_sent_back_with_a_reason(cast, dear) -> None:
    actions.ask(dear, by=cast.aoyama)
    with pytest.raises(Invalid, match="差し戻す理由"):
        actions.send_back(dear, " ", by=cast.osaki)
    actions.send_back(dear, "値引きは20%まで", by=cast.osaki)
    assert Quote.plain.get().state == "returned"
    assert Approval.objects.get().reason == "値引きは20%まで"
    assert records.edit(dear, {"title": "直した"}, by=cast.aoyama).state == "draft"


def test_who_asks_does_not_approve(cast, dear) -> None:
    actions.ask(dear, by=cast.osaki)
    with pytest.raises(Forbidden):
        actions.approve(dear, by=cast.osaki)
    actions.approve(dear, by=cast.mori)


def test_what_was_approved_and_is_changed_needs_it_again(cast, dear, today) -> None:
    actions.ask(dear, by=cast.aoyama)
    actions.approve(dear, by=cast.osaki)
    changed = records.edit(Quote.plain.get(), {"payment": "前払い"}, by=cast.aoyama)
    assert changed.state == "draft"
    with pytest.raises(Conflict, match="承認が必要"):
        actions.issue(changed, by=cast.aoyama, today=today)


def test_within_the_limits_nobody_need_ask(cast, quote) -> None:
    with pytest.raises(Conflict, match="承認なしで"):
        actions.ask(quote, by=cast.aoyama)


def test_it_is_sent_by_mail_with_a_secret_link(cast, issued, today) -> None:
    with pytest.raises(Invalid, match="リンク"):
        actions.send(issued, "hayashi@example.co.jp", "御見積書", "本文", by=cast.aoyama, today=today)
    link = actions.send(
        issued, "hayashi@example.co.jp", "御見積書", "こちら: {リンク}", by=cast.aoyama, today=today
    )
    mail = Mail.objects.get()
    token = mail.text.rsplit("/q/", 1)[1].strip("/ \n")
    assert len(token) >= 22, "128 bits"
    assert link.digest not in mail.text
    assert token not in str(Link.objects.values().get())
    assert not Event.objects.filter(data__icontains=token)


def test_nothing_goes_to_a_wrong_address(cast, issued, today) -> None:
    with pytest.raises(Invalid, match="メールアドレス"):
        actions.send(issued, "林さん", "御見積書", "{リンク}", by=cast.aoyama, today=today)
    assert not Link.objects.exists()
    assert not Event.objects.filter(kind="quote.sent")


def test_the_customer_reads_and_accepts_without_signing_in(cast, client, issued, today) -> None:
    link, address = actions.open_link(issued, by=cast.aoyama, today=today)
    path = "/q/" + address.rsplit("/q/", 1)[1]
    page = client.get(path)
    assert page.status_code == 200
    assert issued.number in page.content.decode()
    assert page["Referrer-Policy"] == "same-origin"  # "no-referrer" takes the origin off the answer, too
    assert "no-store" in page["Cache-Control"]
    assert client.get(f"{path}paper/").content == sealing.content_of(Sealed.objects.get())
    assert client.post(path, {"verdict": "accepted"}).status_code == 422
    assert (
        client.post(path, {"verdict": "accepted", "name": "林 太郎", "note": "よろしく"}).status_code == 302
    )
    issued.refresh_from_db()
    assert (issued.state, issued.answered_on) == ("accepted", today)
    assert "林 太郎" in issued.answer_note
    link.refresh_from_db()
    assert link.opened_at is not None
    assert link.answered_at is not None
    assert Event.objects.filter(kind="quote.opened_by_customer").count() == 1
    again = client.post(path, {"verdict": "declined", "name": "林 太郎"})
    assert again.status_code == 422
    assert "ご発注を承りました" in again.content.decode()


def test_a_dead_link_opens_nothing(cast, client, issued, today) -> None:
    link, address = actions.open_link(issued, by=cast.aoyama, today=today)
    path = "/q/" + address.rsplit("/q/", 1)[1]
    actions.revoke(link, by=cast.aoyama)
    dead = client.get(path)
    assert dead.status_code == 410
    assert issued.title not in dead.content.decode()
    assert client.post(path, {"verdict": "accepted", "name": "林"}).status_code == 410
    assert client.get(f"{path}paper/").status_code == 404
    assert client.get("/q/wrong-token/").status_code == 404


def test_an_expired_link_opens_nothing(cast, client, issued, today) -> None:
    link, address = actions.open_link(issued, by=cast.aoyama, today=today)
    Link.objects.update(expires_on=today - timedelta(days=1))
    assert client.get("/q/" + address.rsplit("/q/", 1)[1]).status_code == 410
    assert link.is_dead(link.expires_on + timedelta(days=1))


def test_guessing_is_slow(client) -> None:
    answers = [client.get(f"/q/guess-{number}/").status_code for number in range(offered.PER_MINUTE + 2)]
    assert answers[0] == 404
    assert answers[-1] == 429


def test_the_pages_do_it_too(cast, client, dear, today) -> None:
    client.force_login(cast.aoyama)
    page = client.get(dear.get_absolute_url()).content.decode()
    assert "承認を申請する" in page
    assert client.post(reverse("quotes:ask", args=[dear.uid]), {"note": "お願いします"}).status_code == 302
    client.force_login(cast.osaki)
    assert "承認する" in client.get(dear.get_absolute_url()).content.decode()
    assert client.post(reverse("quotes:return", args=[dear.uid]), {"reason": ""}).status_code == 422
    assert client.post(reverse("quotes:approve", args=[dear.uid])).status_code == 302
    client.force_login(cast.aoyama)
    assert client.post(reverse("quotes:issue", args=[dear.uid])).status_code == 302
    dear.refresh_from_db()
    paper = client.get(reverse("quotes:paper", args=[dear.uid]))
    assert paper["Content-Type"] == "application/pdf"
    copy = Sealed.objects.get()
    kept = client.get(reverse("documents:copy", args=["quotes", dear.uid, copy.uid]))
    assert kept.content == paper.content == sealing.content_of(copy)
    assert "メールで送る" in client.get(dear.get_absolute_url()).content.decode()
    letter = client.get(reverse("quotes:send", args=[dear.uid])).content.decode()
    assert "{リンク}" in letter
    assert client.post(reverse("quotes:answer", args=[dear.uid]), {"verdict": "accepted"}).status_code == 302
    assert Quote.plain.get().state == "accepted"


def test_products_are_proposed_with_their_price(cast, client, account) -> None:
    values = {
        "code": "KG-1",
        "name": "折りたたみ台車",
        "price": "14800",
        "cost": "10200",
        "tax_class": "standard",
    }
    records.create("product", values, by=cast.mizuno)
    client.force_login(cast.aoyama)
    for text in ("台車", "kg-"):
        (found,) = client.get(reverse("quotes:products"), {"q": text}).json()["products"]
        assert (found["name"], found["price"], found["cost"]) == ("折りたたみ台車", "14800", "10200")
    client.force_login(cast.eguchi)
    assert "cost" not in client.get(reverse("quotes:products"), {"q": "台車"}).json()["products"][0]


def test_the_rules_are_set_and_taken_back(cast, client) -> None:
    client.force_login(cast.mizuno)
    sent = {"version": "1", "discount_limit": "5", "margin_limit": "", "amount_limit": "1,000,000", "valid_days": "14",
            "approvers": ["president"], "payment": "月末締め翌月末払い"}  # fmt: skip
    assert client.post(reverse("quotes:settings"), {**sent, "discount_limit": "500"}).status_code == 422
    assert client.post(reverse("quotes:settings"), sent).status_code == 302
    undoing.undo(Event.objects.get(kind="quotes.policy_changed"), by=cast.mizuno)
    with pytest.raises(Forbidden):
        actions.edit_policy({"valid_days": 3}, by=cast.aoyama)


def test_when_a_person_is_erased_her_answer_goes(cast, account, today) -> None:
    from daifuku.records.actions.erasing import erase

    contact = records.create("contact", {"family_name": "林", "account": account}, by=cast.aoyama)
    lines = [{"name": "箱", "unit_price": 100}]
    quote = records.create(
        "quote", {"title": "箱", "account": account, "contact": contact, "lines": lines}, by=cast.aoyama
    )
    actions.issue(quote, by=cast.aoyama, today=today)
    actions.send(quote, "hayashi@example.co.jp", "御見積書", "{リンク}", by=cast.aoyama, today=today)
    actions.record_answer(quote, "declined", by=cast.aoyama, today=today, note="林の言葉")
    erase(contact, by=cast.mizuno)
    quote.refresh_from_db()
    assert quote.answer_note == ""
    assert Link.objects.get().to == ""
    assert not Event.objects.filter(data__icontains="hayashi")
    assert sealing.content_of(Sealed.objects.get()), "the tax law keeps the paper"


def test_a_mail_goes_out_once_however_often_its_button_is_pressed(cast, login_as, issued) -> None:
    client, address = login_as(cast.aoyama), reverse("quotes:send", args=[issued.uid])
    word = client.get(address).content.decode().split('name="once" value="')[1][:32]
    data = {"to": "hayashi@example.co.jp", "subject": "御見積書", "text": "{リンク}", "once": word}
    assert [client.post(address, data).status_code for _press in range(2)] == [302, 302]
    assert (Mail.objects.count(), Link.objects.count()) == (1, 1)
    assert client.post(address, data | {"to": "mori@example.co.jp"}).status_code == 422
    assert Mail.objects.count() == 1
