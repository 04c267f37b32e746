"""Nobody gets round the approval of a quote, reads one after it was taken back, or learns what the goods cost."""

from __future__ import annotations

import json
import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from daifuku.api.tests.support import Program, problem, said
from daifuku.documents import sealing
from daifuku.foundation.errors import ChangedSince, Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event, IdempotentRequest
from daifuku.messages.models import Mail
from daifuku.quotes import actions as quotes
from daifuku.quotes.models import Approval, Link, Quote
from daifuku.quotes.views import offered
from daifuku.records import actions, listing, undoing
from daifuku.records.actions.erasing import erase
from daifuku.records.search import search
from daifuku.staff.models import Company, Role
from daifuku.staff.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Callable

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
LINE = {"name": "台車", "quantity": "3", "unit_price": "14800"}


@pytest.fixture(autouse=True)
def firm(db: None) -> None:
    Company.objects.create(name="シャチホコ商事")
    offered.asked.forget()


def role_of(person: Person) -> Any:
    return person.roles.get()


def hide(person: Person, object_key: str, *fields: str) -> None:
    role = role_of(person)
    role.field_rules = {**role.field_rules, object_key: dict.fromkeys(fields, "hidden")}
    role.save()


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


@pytest.fixture
def cart(cast: Cast) -> Any:
    values = {"code": "A-1", "name": "台車", "price": "14800", "cost": "14000", "tax_class": "standard"}
    return actions.create("product", values, by=cast.mizuno)


def quote_of(account: Any, *lines: dict[str, Any], by: Person) -> Quote:
    values = {"title": "台車の入れ替え", "account": account, "lines": list(lines)}
    made: Quote = actions.create("quote", values, by=by)
    return made


def line_of(kind: str, undoes: Event | None = None) -> Event:
    return Event.objects.filter(kind=kind, undoes=undoes).latest("pk")


def state_of(quote: Quote) -> str:
    return Quote.plain.get(pk=quote.pk).state


def test_an_approval_does_not_come_back_for_another_offer(cast: Cast, account: Any) -> None:
    """Approved, taken back, made cheaper, asked for again: whoever undoes the undo would have it approved."""
    quote = quote_of(account, {**LINE, "discount": "30"}, by=cast.aoyama)
    quotes.ask(quote, by=cast.aoyama)
    quotes.approve(quote, by=cast.osaki)
    approved = line_of("quote.approved")
    with pytest.raises(Forbidden):
        undoing.undo(approved, by=cast.aoyama)
    undoing.undo(approved, by=cast.osaki)
    taken_back = Event.objects.get(undoes=approved)
    quotes.withdraw(Quote.plain.get(), by=cast.aoyama)
    actions.edit(Quote.plain.get(), {"lines": [{**LINE, "discount": "99"}]}, by=cast.aoyama)
    quotes.ask(Quote.plain.get(), by=cast.aoyama)
    for who in (cast.aoyama, cast.osaki):
        with pytest.raises(Conflict):
            undoing.undo(taken_back, by=who)
    assert state_of(quote) == "asked"
    with pytest.raises(Conflict):
        quotes.issue(Quote.plain.get(), by=cast.aoyama, today=timezone.localdate())


def test_whoever_asked_does_not_approve_it_after_the_approval_was_taken_back(
    cast: Cast, account: Any
) -> None:
    quote = quote_of(account, {**LINE, "discount": "30"}, by=cast.osaki)
    quotes.ask(quote, by=cast.osaki)
    quotes.approve(quote, by=cast.mori)
    with pytest.raises(Forbidden):
        undoing.undo(line_of("quote.approved"), by=cast.osaki)
    undoing.undo(line_of("quote.approved"), by=cast.mori)
    with pytest.raises(Forbidden):
        quotes.approve(Quote.plain.get(), by=cast.osaki)
    assert Approval.objects.get().verdict == ""
    assert state_of(quotes.approve(Quote.plain.get(), by=cast.mori)) == "approved"


def test_an_old_version_does_not_hold_again_beside_a_new_one(cast: Cast, account: Any) -> None:
    today, first = timezone.localdate(), quote_of(account, LINE, by=cast.aoyama)
    quotes.issue(first, by=cast.aoyama, today=today)
    quotes.record_answer(first, "declined", by=cast.aoyama, today=today)
    second = quotes.revise(first, by=cast.aoyama)
    quotes.issue(second, by=cast.aoyama, today=today)
    with pytest.raises(ChangedSince):
        undoing.undo(line_of("quote.declined"), by=cast.aoyama)
    assert (state_of(first), state_of(second)) == ("declined", "issued")


def test_the_paper_of_a_quote_that_was_taken_back_is_gone_with_its_page(cast: Cast, account: Any) -> None:
    today, quote = timezone.localdate(), quote_of(account, LINE, by=cast.aoyama)
    quotes.issue(quote, by=cast.aoyama, today=today)
    _link, address = quotes.open_link(quote, by=cast.aoyama, today=today)
    page = "/q/" + address.split("/q/")[1]
    assert Client().get(f"{page}paper/").status_code == 200
    quotes.void(Quote.plain.get(), "価格の誤り", by=cast.aoyama)
    assert [Client().get(each).status_code for each in (page, f"{page}paper/")] == [410, 404]


def test_a_secret_address_is_kept_nowhere(cast: Cast, account: Any) -> None:
    quote = quote_of(account, LINE, by=cast.aoyama)
    quotes.issue(quote, by=cast.aoyama, today=timezone.localdate())
    program, key = Program(cast.aoyama), str(uuid.uuid4())
    told = said(program.post(f"/quotes/{quote.uid}/links", Idempotency_Key=key))
    assert "/q/" in told["address"]
    again = said(program.post(f"/quotes/{quote.uid}/links", Idempotency_Key=key))
    assert (again["uid"], again["address"]) == (told["uid"], None)
    token = told["address"].rstrip("/").rsplit("/", 1)[1]
    kept = [json.dumps([row.body, row.headers]) for row in IdempotentRequest.objects.all()]
    assert kept and not any(token in each for each in kept)


def test_whoever_does_not_see_costs_does_not_get_round_the_limit_by_that(
    cast: Cast, account: Any, cart: Any
) -> None:
    hide(cast.aoyama, "quote", "costs")
    hide(cast.aoyama, "product", "cost")
    cheap = {**LINE, "unit_price": "14100", "product": str(cart.uid)}
    quote = quote_of(account, cheap, by=cast.aoyama)
    with pytest.raises(Conflict, match="粗利率"):
        quotes.issue(quote, by=cast.aoyama, today=timezone.localdate())
    assert "14000" not in json.dumps(said(Program(cast.aoyama).get(f"/quotes/{quote.uid}")))


def test_a_line_without_cost_does_not_hide_those_of_the_others(cast: Cast, account: Any, cart: Any) -> None:
    lines = ({**LINE, "unit_price": "14100", "product": str(cart.uid)}, {"name": "送料", "unit_price": "0"})
    quote = quote_of(account, *lines, by=cast.aoyama)
    with pytest.raises(Conflict, match="粗利率"):
        quotes.issue(quote, by=cast.aoyama, today=timezone.localdate())


def test_a_copy_by_somebody_who_does_not_see_costs_has_them(cast: Cast, account: Any) -> None:
    quote = quote_of(account, {**LINE, "id": uuid.uuid4().hex}, by=cast.osaki)
    costs = {quote.lines[0]["id"]: "14700"}
    quote = actions.edit(quote, {"costs": costs}, by=cast.osaki)
    hide(cast.aoyama, "quote", "costs")
    made = quotes.copy(quote, by=cast.aoyama)
    assert Quote.plain.get(pk=made.pk).margin_rate == quote.margin_rate
    with pytest.raises(Conflict, match="粗利率"):
        quotes.issue(made, by=cast.aoyama, today=timezone.localdate())


@pytest.mark.parametrize("word", ["x", "1 OR 1=1", "019", "../../etc/passwd"])
def test_what_is_no_product_breaks_no_page(
    cast: Cast, account: Any, word: str, login_as: Callable[[Person], Client]
) -> None:
    with pytest.raises(Invalid, match="商品を選び直して"):
        quote_of(account, {**LINE, "product": word}, by=cast.aoyama)
    sent = {"title": "x", "account": str(account.uid), "lines": [{**LINE, "product": word}]}
    assert problem(Program(cast.aoyama).post("/quotes", sent))["status"] == 422


def test_a_product_that_one_may_not_see_is_not_named_on_a_quote(
    cast: Cast, account: Any, login_as: Callable[[Person], Client]
) -> None:
    values = {
        "code": "S-1",
        "name": "秘密の商品",
        "price": "1",
        "cost": "987",
        "discontinued_on": "2020-01-01",
    }
    secret = actions.create("product", {**values, "privacy": "private"}, by=cast.mizuno)
    quote = quote_of(account, {**LINE, "product": str(secret.uid)}, by=cast.aoyama)
    assert quote.costs == {}
    assert "秘密の商品" not in login_as(cast.aoyama).get(quote.get_absolute_url()).content.decode()


def test_what_is_bought_tells_no_cost_to_whoever_sees_none(
    cast: Cast, account: Any, cart: Any, login_as: Callable[[Person], Client]
) -> None:
    from tests.support.world_orders import orders_of

    purchase = orders_of(account, cart, "open", by=cast.mizuno)["purchase open"]
    page = login_as(cast.eguchi).get(purchase.get_absolute_url())
    assert page.status_code == 200
    assert not any(money in page.content.decode() for money in ("14,000", "28,000", "30,800"))
    told = json.dumps(said(Program(cast.eguchi).get(f"/purchases/{purchase.uid}")))
    assert not any(money in told for money in ("14000", "28000", "30800"))
    assert not sealing.may_open(Viewer(cast.eguchi), "purchase")
    assert "14,000" in login_as(cast.aoyama).get(purchase.get_absolute_url()).content.decode()


def test_no_ledger_sums_up_what_is_hidden(
    cast: Cast, account: Any, cart: Any, login_as: Callable[[Person], Client]
) -> None:
    from tests.support.world_orders import orders_of

    order = orders_of(account, cart, "open", by=cast.aoyama)["order open"]
    client, ledger = login_as(cast.osaki), f"{reverse('orders:ledger')}?account={account.uid}"
    pages = [ledger, account.get_absolute_url(), cart.get_absolute_url(), order.get_absolute_url()]
    assert all("148,000" in client.get(page).content.decode() for page in pages)
    hide(cast.osaki, "order_line", "unit_price", "amount")
    hide(cast.osaki, "order", "net", "tax", "total")
    assert client.get(ledger).status_code == 404
    for page in pages[1:]:
        assert not any(money in client.get(page).content.decode() for money in ("148,000", "162,800"))
    assert Program(cast.osaki).get(f"/orders/ledger?account={account.uid}").status_code == 404
    assert client.get(reverse("orders:preview", args=[order.uid])).status_code == 404


def test_no_price_is_told_where_amounts_are_hidden(
    cast: Cast, account: Any, cart: Any, login_as: Callable[[Person], Client]
) -> None:
    actions.create("price", {"product": cart, "account": account, "amount": "13210"}, by=cast.aoyama)
    client, page = login_as(cast.osaki), f"{reverse('catalog:prices')}?account={account.uid}"
    asked = f"/products/{cart.uid}/price?account={account.uid}"
    assert "13,210" in client.get(page).content.decode()
    hide(cast.osaki, "price", "amount")
    assert client.get(page).status_code == 404
    assert Program(cast.osaki).get(asked).status_code == 404


def test_hidden_lines_of_a_quote_do_not_stand_in_the_form_of_its_order(
    cast: Cast, account: Any, login_as: Callable[[Person], Client]
) -> None:
    quote = quote_of(account, {**LINE, "unit_price": "14321"}, by=cast.aoyama)
    address = f"{reverse('orders:enter')}?quote={quote.uid}"
    assert "14321" in login_as(cast.osaki).get(address).content.decode()
    hide(cast.osaki, "quote", "lines")
    assert "14321" not in login_as(cast.osaki).get(address).content.decode()


def test_a_quote_is_not_found_by_its_hidden_lines(cast: Cast, account: Any) -> None:
    quote_of(account, {**LINE, "name": "遠心分離機"}, by=cast.aoyama)

    def found() -> list[int]:
        viewer = Viewer(cast.osaki)
        listed = listing.query("quote", viewer, search="遠心分離機", today=timezone.localdate())
        return [len(search("遠心分離機", viewer)), len(listed.page().rows)]

    assert found() == [1, 1]
    hide(cast.osaki, "quote", "lines")
    assert found() == [0, 0]


def test_nobody_buys_more_than_the_order_needs_by_saying_it_twice(
    cast: Cast, account: Any, cart: Any
) -> None:
    from daifuku.orders.actions import buy, enter
    from daifuku.orders.actions.entering import lines_of
    from daifuku.orders.models import Purchase

    today = timezone.localdate()
    values = {"account": account, "ordered_on": today, "due_on": today}
    [line] = lines_of(enter(values, [{"product": cart, "quantity": "10"}], by=cast.aoyama))
    with pytest.raises(Invalid):
        buy(account, [{"line": line, "quantity": "10"}] * 2, {}, by=cast.aoyama, today=today)
    buy(account, [{"line": line, "quantity": "6"}], {}, by=cast.aoyama, today=today)
    with pytest.raises(Invalid, match="残り4"):
        buy(account, [{"line": line, "quantity": "6"}], {}, by=cast.aoyama, today=today)
    with pytest.raises(Forbidden):
        buy(account, [{"line": line, "quantity": "1"}], {}, by=cast.senda, today=today)
    assert Purchase.plain.count() == 1


def test_no_line_leaves_its_order_behind_with_the_old_sum(cast: Cast, account: Any) -> None:
    from daifuku.orders.actions import enter
    from daifuku.orders.actions.entering import lines_of
    from daifuku.orders.models import Order

    today = timezone.localdate()
    values = {"account": account, "ordered_on": today, "due_on": today}
    one, other = (enter(values, [{"name": "箱", "unit_price": "100"}], by=cast.aoyama) for _n in range(2))
    [line] = lines_of(one)
    with pytest.raises(Invalid, match="別の受注に移せません"):
        actions.edit(line, {"order": other}, by=cast.aoyama)
    assert [each.net for each in Order.plain.order_by("pk")] == [100, 100]


def test_a_reason_that_is_too_long_is_refused_in_words(cast: Cast, account: Any, cart: Any) -> None:
    from daifuku.orders.actions import take_back
    from tests.support.world_orders import orders_of

    delivery = orders_of(account, cart, "open", by=cast.aoyama)["delivery open"]
    with pytest.raises(Invalid, match="200文字"):
        take_back(delivery, None, "x" * 201, by=cast.aoyama, today=timezone.localdate())


@pytest.mark.parametrize(
    "to", ["a@b.jp\nBcc: c@d.jp", "a@b.jp, c@d.jp", '"x" <a@b.jp>', "a@b.jp\r\n\r\nx", "x" * 300 + "@b.jp"]
)
def test_a_mail_goes_to_one_address_and_is_no_longer_than_a_letter(cast: Cast, account: Any, to: str) -> None:
    today, quote = timezone.localdate(), quote_of(account, LINE, by=cast.aoyama)
    quotes.issue(quote, by=cast.aoyama, today=today)
    with pytest.raises(Invalid):
        quotes.send(quote, to, "御見積書", "{リンク}", by=cast.aoyama, today=today)
    with pytest.raises(Invalid, match="20,000文字"):
        quotes.send(quote, "a@b.jp", "御見積書", "{リンク}" * 5_000, by=cast.aoyama, today=today)
    assert (Mail.objects.count(), Link.objects.count()) == (0, 0)


def test_an_erased_person_leaves_no_words_in_approvals(cast: Cast, account: Any) -> None:
    person = actions.create("contact", {"family_name": "佐藤", "account": account}, by=cast.aoyama)
    quote = quote_of(account, {**LINE, "discount": "30"}, by=cast.aoyama)
    quote = actions.edit(quote, {"contact": person}, by=cast.aoyama)
    quotes.ask(quote, by=cast.aoyama, note="佐藤部長のたってのお願い")
    quotes.send_back(quote, "佐藤さんには前回も", by=cast.osaki)
    role = Role.objects.get(key="administrator")
    assert "erase" in role.powers
    erase(person, by=cast.mizuno)
    assert not any("佐藤" in f"{each.note}{each.reason}" for each in Approval.objects.all())
