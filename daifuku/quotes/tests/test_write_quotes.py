"""A quote is written: its lines are read from every way in, counted by the law, refused with a sentence, kept in
history."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from daifuku.documents.lines import as_text, clean_lines, from_text
from daifuku.foundation.errors import Invalid
from daifuku.ledger.models import Event
from daifuku.quotes.models import Quote
from daifuku.records import actions, undoing
from daifuku.records.catalogue import vocabulary
from daifuku.staff.actions import edit_role
from daifuku.staff.viewer import Viewer

pytestmark = pytest.mark.django_db


def test_it_is_counted_as_it_is_written(quote, today) -> None:
    assert (quote.net, quote.tax, quote.total) == (48_720, 4_440 + 345, 53_505)
    assert quote.rates == [["standard", "10", 44_400, 4_440], ["reduced", "8", 4_320, 345]]
    assert (quote.state, quote.number, quote.day) == ("draft", "", today)
    assert quote.valid_until == today + timedelta(days=30)


def test_prices_with_tax_are_counted_backwards(cast, quote) -> None:
    changed = actions.edit(quote, {"included": True}, by=cast.aoyama)
    assert (changed.total, changed.tax) == (48_720, 4_036 + 320)


def test_margin_and_discount_follow_from_costs(cast, quote) -> None:
    goods = [line for line in quote.lines if line["kind"] == "goods"]
    half = actions.edit(quote, {"costs": {goods[0]["id"]: "10200"}}, by=cast.aoyama)
    assert half.margin is None, "half of the costs would mislead"
    whole = actions.edit(half, {"costs": {goods[0]["id"]: "10200", goods[1]["id"]: "1380"}}, by=cast.aoyama)
    assert (whole.cost, whole.margin, str(whole.margin_rate)) == (33_360, 15_360, "31.5")
    off = [{**goods[0], "discount": "10"}, {"kind": "discount", "unit_price": "440"}]
    less = actions.edit(whole, {"lines": off}, by=cast.aoyama)
    assert str(less.discount_rate) == "11.0"
    assert list(less.costs) == [goods[0]["id"]]


WRONG = (
    ({"name": "台車", "quantity": "-1", "unit_price": "1"}, "明細1行目「台車」: 数量は0より大きく"),
    ({"name": "台車", "quantity": "99999999999", "unit_price": "1"}, "10桁まで"),
    ({"name": "台車", "quantity": "9999999999", "unit_price": "9999999999"}, "金額が大きすぎます"),
    ({"name": "台車", "unit_price": "-5"}, "「値引き」の行"),
    ({"name": "台車", "unit_price": "1e99"}, "単価"),
    ({"name": "台車", "unit_price": "千円"}, "単価: 数字で入力してください"),
    ({"name": "台車", "unit_price": "1.234"}, "小数点以下は2桁まで"),
    ({"name": "台車", "discount": "101"}, "値引率は0から100"),
    ({"unit_price": "100"}, "品名を入力してください"),
    ({"name": "台車", "tax_class": "luxury"}, "税区分を選んでください"),
    ({"name": "台車", "rate": "8"}, "この日の税率は10%です"),
    ({"name": "x" * 201}, "200文字以内"),
    ({"kind": "spell", "name": "台車"}, "行の種類を選んでください"),
    ({"kind": "discount", "name": "値引き", "unit_price": "100"}, "値引きする商品の行がありません"),
    ({"kind": "discount", "name": "値引き"}, "値引き額を入力してください"),
    ({"name": "台車", "secret": "1"}, "「secret」という項目はありません"),
)


@pytest.mark.parametrize(("line", "words"), WRONG)
def test_a_wrong_line_is_refused_with_a_sentence(cast, quote, line, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.edit(quote, {"lines": [line]}, by=cast.aoyama)
    assert words in refusal.value.message
    assert refusal.value.field == "lines"
    assert Quote.plain.get().lines == quote.lines


def test_every_wrong_line_is_told_at_once(cast, quote) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.edit(
            quote,
            {"lines": [{"name": "あ", "quantity": 0}, {"name": "い"}, {"unit_price": 1}]},
            by=cast.aoyama,
        )
    assert "明細1行目「あ」" in refusal.value.message
    assert "明細3行目" in refusal.value.message


def test_an_old_day_has_its_old_rate(cast, account) -> None:
    values = {"title": "昔", "account": account, "day": date(2015, 4, 1), "valid_until": date(2015, 5, 1)}
    old = actions.create("quote", {**values, "lines": [{"name": "箱", "unit_price": 1000}]}, by=cast.aoyama)
    assert old.tax == 80
    with pytest.raises(Invalid, match="軽減税率.*ありませんでした"):
        actions.edit(
            old, {"lines": [{"name": "米", "unit_price": 1, "tax_class": "reduced"}]}, by=cast.aoyama
        )


MISTAKES = (
    ({"valid_until": "2020-01-01"}, "valid_until", "見積日より前"),
    (
        {"lines": [{"name": "箱", "unit_price": 1}, {"kind": "discount", "unit_price": 2}]},
        "lines",
        "超えています",
    ),
    ({"title": ""}, "title", "件名"),
    ({"state": "accepted"}, "state", "という項目はありません"),
    ({"number": "Q1"}, "number", "という項目はありません"),
    ({"total": 1}, "total", "という項目はありません"),
    ({"lines": "[{"}, "lines", "書き方"),
    ({"costs": {"x": "1"}}, "costs", "原価"),
    ({"costs": "[1]"}, "costs", "原価"),
)


@pytest.mark.parametrize(("changes", "field", "words"), MISTAKES)
def test_what_makes_no_sense_is_refused(cast, quote, changes, field: str, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        actions.edit(quote, changes, by=cast.aoyama)
    assert refusal.value.field == field
    assert words in refusal.value.message


def test_the_person_and_the_firm_belong_together(cast, quote) -> None:
    other = actions.create("account", {"name": "別の会社"}, by=cast.aoyama)
    contact = actions.create("contact", {"family_name": "林", "account": other}, by=cast.aoyama)
    with pytest.raises(Invalid, match="別の取引先の人"):
        actions.edit(quote, {"contact": contact}, by=cast.aoyama)


def test_a_change_is_in_the_history_and_can_be_taken_back(cast, quote) -> None:
    before = quote.lines
    changed = actions.edit(quote, {"lines": [{"name": "箱", "unit_price": 500}]}, by=cast.aoyama)
    assert changed.total == 550
    undoing.undo(Event.objects.filter(kind="quote.edited").latest("pk"), by=cast.aoyama)
    back = Quote.plain.get()
    assert (back.lines, back.total) == (before, 53_505)


def test_lines_go_through_a_cell_of_a_file_and_back(quote) -> None:
    lines = [
        *quote.lines,
        *clean_lines([{"kind": "discount", "unit_price": 10}, {"kind": "note", "name": "別途"}]),
    ]
    again = clean_lines(from_text(as_text(lines)))
    drop = lambda rows: [{key: value for key, value in row.items() if key != "id"} for row in rows]  # noqa: E731
    assert drop(again) == drop(lines)
    assert clean_lines(as_text(lines))[1]["amount"] == 44_400


def test_costs_are_hidden_from_a_role(cast, quote) -> None:
    rep = cast.baba.roles.get()
    edit_role(rep, {"field_rules": {"quote": {"costs": "hidden"}}}, by=cast.mizuno)
    seen = vocabulary.fields_for(Viewer(cast.baba), "quote")
    assert not {"costs", "cost", "margin", "margin_rate"} & set(seen)
    assert "lines" in seen


def test_it_is_as_open_as_its_customer(cast, quote, account) -> None:
    assert Quote.objects.visible_to(cast.senda).count() == 1
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    assert not Quote.objects.visible_to(cast.senda)
    assert Quote.objects.visible_to(cast.aoyama).get() == quote


def test_the_form_keeps_every_line_that_was_typed(cast, client, quote) -> None:
    client.force_login(cast.aoyama)
    address = f"/quotes/{quote.uid}/edit/"
    page = client.get(address).content.decode()
    assert 'name="lines.1.quantity" value="3"' in page
    sent = {
        "opened": "{}", "lines.0.id": quote.lines[1]["id"], "lines.0.kind": "goods", "lines.0.name": "台車 改",
        "lines.0.quantity": "-3", "lines.0.unit_price": "１４，８００", "lines.0.cost": "10000",
    }  # fmt: skip
    refused = client.post(address, sent)
    assert refused.status_code == 422
    kept = refused.content.decode()
    assert "台車 改" in kept
    assert 'value="１４，８００"' in kept
    assert 'name="lines.0.cost" value="10000"' in kept
    done = client.post(address, {**sent, "lines.0.quantity": "3"})
    assert done.status_code == 302
    saved = Quote.plain.get()
    assert (saved.lines[0]["name"], saved.net) == ("台車 改", 44_400)
    assert saved.costs == {saved.lines[0]["id"]: "10000"}


def test_an_untouched_form_changes_nothing(cast, client, quote) -> None:
    client.force_login(cast.aoyama)
    address, lines = f"/quotes/{quote.uid}/edit/", quote.lines
    page = client.get(address)
    form = page.context["form"]
    sent = {"opened": page.context["opened"]}
    for place, row in enumerate(json.loads(form.initial["lines"])):
        sent |= {f"lines.{place}.{key}": value for key, value in row.items()}
    client.post(address, sent)
    assert Quote.plain.get().version == quote.version
    assert Quote.plain.get().lines == lines
