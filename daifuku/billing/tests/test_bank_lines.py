"""The bank's file becomes payments: by kana and amount, one by one or all that are sure, and never twice."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.billing.actions import bank, payments
from daifuku.billing.bank_csv import Columns, guess, read, sheet_of
from daifuku.billing.models import BankLine, PayerName, Payment
from daifuku.billing.payers import begins, keys_of, payer_key
from daifuku.billing.proposing import propose
from daifuku.billing.tests.paying import TODAY, customer, owes, seen
from daifuku.foundation.errors import Conflict, Forbidden, Invalid
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions.erasing import erase
from daifuku.records.undoing import undo
from daifuku.staff.viewer import viewer_of

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

MUFG = (
    "日付,摘要,摘要内容,支払い金額,預かり金額,差引残高\r\n"
    '2026/11/25,振込１,カ）アオバシヨウジ,,"110,000","500,000"\r\n'
    '2026/11/25,口座振替,デンキリヨウ,"8,000",,"492,000"\r\n'
    '2026/11/26,振込１,ユ）ミドリケンセツ,,"54,560","546,560"\r\n'
)


@pytest.mark.parametrize(
    "name",
    [
        "カ）アオバシヨウジ", "ｱｵﾊﾞｼﾖｳｼﾞ(ｶ", "ｶ)ｱｵﾊﾞｼﾖｳｼﾞ", "アオバショウジ", "あおばしょうじ",
        "カブシキガイシャアオバショウジ", "振込 カ)アオバシヨウジ", "フリコミ　ｶ)ｱｵﾊﾞｼﾖｳｼﾞ",
        "カ)アオバシヨウジ ナゴヤシテン", "アオバシヨウジ(カ)エイ)",
    ],
)  # fmt: skip
def test_a_payer_is_the_same_however_banks_write_him(name: str) -> None:
    assert payer_key(name) == "アオバシヨウジ"


def test_names_differ_where_people_do() -> None:
    assert payer_key("アオバデンキ") != payer_key("アオバショウジ")
    assert keys_of("青葉商事", "") == set()
    assert begins("アオバシヨウ", "アオバシヨウジ")
    assert not begins("アオ", "アオバシヨウジ")


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_a_csv_says_what_came_in(encoding: str) -> None:
    sheet = sheet_of(MUFG.encode(encoding))
    found = read(sheet, guess(sheet), TODAY)
    assert [(each.day, each.amount, each.payer) for each in found.received] == [
        (date(2026, 11, 25), 110_000, "カ)アオバシヨウジ"), (date(2026, 11, 26), 54_560, "ユ)ミドリケンセツ"),
    ]  # fmt: skip
    assert (found.others, found.wrong) == (1, ())


@pytest.mark.parametrize(
    "text",
    [
        "操作日(年),操作日(月),操作日(日),摘要,お支払金額,お預り金額,残高\n"
        "2026,11,25,振込 アオバ,,5000,9\n2026,11,25,引落,300,,9\n",
        "口座番号,1234567\n\n年月日,お引出し,お預入れ,お取り扱い内容,残高\n"
        "R8.11.25,,5000,振込 アオバ,9\nR8.11.26,300,,引落,9\n",
        "取引日,入出金(円),残高(円),入出金内容\n20261125,5000,9,振込 アオバ\n20261126,-300,9,引落\n",
    ],
)  # fmt: skip
def test_each_bank_has_columns_of_its_own(text: str) -> None:
    sheet = sheet_of(text.encode())
    found = read(sheet, guess(sheet), TODAY)
    assert [(each.day.day, each.amount) for each in found.received] == [(25, 5_000)]
    assert payer_key(found.received[0].payer) == "アオバ"


def test_lines_that_say_nothing_are_named() -> None:
    sheet = sheet_of(
        "日付,入金額,摘要\n2026/11/25,1000,ア\nいつか,2000,イ\n2026/11/25,たくさん,ウ\n2030/01/01,5,エ\n".encode()
    )
    found = read(sheet, guess(sheet), TODAY)
    assert len(found.received) == 1
    assert [number for number, _code in found.wrong] == [3, 4, 5]


@pytest.fixture
def firms(cast: Cast) -> tuple[Any, Any]:
    return customer(cast.aoyama), customer(cast.aoyama, "みどり建設有限会社", "ミドリケンセツ")


def take(cast: Cast, text: str = MUFG, name: str = "meisai.csv") -> bank.Taken:
    found = bank.take_in(name, text.encode("cp932"), by=cast.mizuno, today=TODAY)
    assert isinstance(found, bank.Taken)
    return found


@pytest.mark.django_db
def test_sure_lines_are_booked_at_once_and_the_file_only_once(cast: Cast, firms: tuple[Any, Any]) -> None:
    aoba, midori = firms
    first, second = owes(aoba, 110_000), owes(midori, 55_000)
    assert take(cast).file.lines_new == 2
    one, two = propose(bank.waiting(), viewer_of(cast.mizuno))
    assert (one.account, one.why, one.exact, one.sure) == (aoba, "name", True, True)
    assert (two.account, two.fee, two.sure) == (midori, 440, True)
    assert bank.book_sure(by=cast.mizuno, today=TODAY) == (2, [])
    assert (seen(first)[2], seen(second)) == ("paid", (55_000, 0, "paid"))
    assert Payment.plain.get(account=midori).fee == 440
    again = take(cast, name="もう一度.csv")
    assert (again.file.lines_new, again.file.lines_known) == (0, 2)
    assert bank.book_sure(by=cast.mizuno, today=TODAY) == (0, [])
    assert Payment.plain.count() == 2


@pytest.mark.django_db
def test_two_equal_transfers_are_two_payments(cast: Cast, firms: tuple[Any, Any]) -> None:
    one, two = owes(firms[0], 110_000), owes(firms[0], 110_000)
    row = '2026/11/25,振込１,カ）アオバシヨウジ,,"110,000",0\r\n'
    take(cast, MUFG.splitlines()[0] + "\r\n" + row + row)
    assert bank.book_sure(by=cast.mizuno, today=TODAY)[0] == 2
    assert (seen(one)[2], seen(two)[2]) == ("paid", "paid")


@pytest.mark.django_db
def test_an_unknown_payer_stays_aside_until_somebody_says_who_he_is(
    cast: Cast, firms: tuple[Any, Any]
) -> None:
    aoba, _midori = firms
    invoice = owes(aoba, 30_000)
    head = MUFG.splitlines()[0] + "\r\n"
    take(cast, head + "2026/11/25,振込,アオバ タロウ,,12000,0\r\n")
    line = bank.waiting()[0]
    proposal = propose([line], viewer_of(cast.mizuno))[0]
    assert (proposal.account, proposal.sure) == (None, False)
    assert bank.book_sure(by=cast.mizuno, today=TODAY) == (0, [])
    with pytest.raises(Invalid, match="だれからの入金か"):
        bank.book(line, by=cast.mizuno, today=TODAY)
    payment = bank.book(line, aoba, by=cast.mizuno, today=TODAY)
    assert (payment.amount, seen(invoice)) == (12_000, (12_000, 18_000, "partly"))
    assert PayerName.objects.get().account == aoba
    with pytest.raises(Conflict):
        bank.book(line, aoba, by=cast.mizuno, today=TODAY)
    take(cast, head + "2026/11/26,振込,アオバタロウ,,18000,0\r\n")
    known = propose(bank.waiting(), viewer_of(cast.mizuno))[0]
    assert (known.account, known.why, known.sure) == (aoba, "said", True)


@pytest.mark.django_db
def test_an_amount_alone_is_a_hint_and_never_sure(cast: Cast, firms: tuple[Any, Any]) -> None:
    owes(firms[0], 77_777)
    take(cast, MUFG.splitlines()[0] + "\r\n2026/11/25,振込,ナゾノヒト,,77777,0\r\n")
    hint = propose(bank.waiting(), viewer_of(cast.mizuno))[0]
    assert (hint.account, hint.why, hint.sure) == (firms[0], "amount", False)


@pytest.mark.django_db
def test_a_line_waits_again_when_its_payment_is_undone(cast: Cast, firms: tuple[Any, Any]) -> None:
    owes(firms[0], 110_000)
    take(cast)
    bank.book(bank.waiting()[0], by=cast.mizuno, today=TODAY)
    event = Event.objects.filter(kind="payment.created").get()
    undo(event, by=cast.mizuno)
    assert BankLine.objects.filter(state="waiting").count() == 2
    bank.book(bank.waiting()[0], by=cast.mizuno, today=TODAY)
    assert Payment.plain.filter(trashed_at__isnull=True).count() == 1


@pytest.mark.django_db
def test_lines_are_put_aside_and_taken_up(cast: Cast) -> None:
    take(cast)
    line = bank.put_aside(bank.waiting()[0], by=cast.mizuno)
    assert len(bank.waiting()) == 1
    with pytest.raises(Conflict):
        bank.put_aside(line, by=cast.mizuno)
    bank.take_up(line, by=cast.mizuno)
    assert len(bank.waiting()) == 2


@pytest.mark.django_db
def test_columns_are_asked_once(cast: Cast) -> None:
    text = "ひにち,だれ,いくら\n2026/11/25,アオバ,5000\n"
    unclear = bank.take_in("x.csv", text.encode(), by=cast.mizuno, today=TODAY)
    assert isinstance(unclear, bank.Unclear)
    said = Columns(day=0, payer=1, came=2)
    taken = bank.take_in("x.csv", text.encode(), said, by=cast.mizuno, today=TODAY)
    assert isinstance(taken, bank.Taken)
    assert taken.file.lines_new == 1
    known = bank.take_in("y.csv", (text + "2026/11/26,アオバ,1\n").encode(), by=cast.mizuno, today=TODAY)
    assert isinstance(known, bank.Taken)
    assert (known.file.lines_new, known.file.lines_known) == (1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.4 x", b"a\n", '"\u65e5\u4ed8,'.encode(), b"\xff\xfe\xff" * 10]
)
def test_what_is_no_statement_is_refused_whole(cast: Cast, data: bytes) -> None:
    with pytest.raises(Invalid):
        bank.take_in("x", data, by=cast.mizuno, today=TODAY)
    assert not BankLine.objects.exists()


@pytest.mark.django_db
def test_whoever_keeps_only_his_own_payments_does_not_see_the_bank(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        bank.take_in("x.csv", MUFG.encode(), by=cast.aoyama, today=TODAY)
    take(cast)
    with pytest.raises(Forbidden):
        bank.book(bank.waiting()[0], by=cast.aoyama, today=TODAY)


def record_of(kind: str, fields: dict[int, str]) -> str:
    """A record of 全銀's 200 letters: what stands at which place (counted from 0)."""
    text = [" "] * 200
    text[0] = kind
    for at, value in fields.items():
        text[at : at + len(value)] = list(value)
    return "".join(text)


@pytest.mark.django_db
def test_a_file_of_the_banks_form_and_what_it_takes_back(cast: Cast, firms: tuple[Any, Any]) -> None:
    invoice = owes(firms[0], 110_000)
    head = record_of("1", {1: "01", 3: "0", 4: "081127", 10: "081127", 16: "081127", 22: "0001"})
    came = {1: "000001", 7: "081125", 13: "081125", 19: "0000110000", 49: "ｶ)ｱｵﾊﾞｼﾖｳｼﾞ", 127: "0"}
    tail = record_of("8", {1: "000001", 7: "000000110000"})
    end = record_of("9", {})
    data = (head + record_of("2", came) + tail + end).encode("cp932")
    taken = bank.take_in("fri.txt", data, by=cast.mizuno, today=TODAY)
    assert isinstance(taken, bank.Taken)
    assert bank.book_sure(by=cast.mizuno, today=TODAY)[0] == 1
    back = record_of("2", {**came, 1: "000002", 7: "081126", 127: "1"})
    both = (head + back + record_of("8", {1: "000000", 7: "000000000000"}) + end).encode("cp932")
    bank.take_in("fri2.txt", both, by=cast.mizuno, today=TODAY)
    payment = bank.book(bank.waiting()[0], by=cast.mizuno, today=TODAY)
    assert (payment.cancelled_on, seen(invoice)) == (date(2026, 11, 26), (0, 110_000, "waiting"))
    with pytest.raises(Conflict):
        payments.cancel(payment, "x", by=cast.mizuno, today=TODAY)


@pytest.mark.django_db
def test_what_no_database_keeps_does_not_get_into_it(cast: Cast) -> None:
    text = "日付,摘要,入金額\n2026/11/25,アオバ,99999999999999999999\n2026/11/25,アオバ,5000\n"
    taken = bank.take_in("a\x00.csv", text.encode(), by=cast.mizuno, today=TODAY)
    assert isinstance(taken, bank.Taken)
    assert (taken.file.name, taken.file.lines_new, taken.wrong) == ("a.csv", 1, ((2, "amount"),))
    came = {1: "000001", 7: "081125", 13: "081125", 19: "0000110000", 49: "ｱｵﾊﾞ\x00ｼﾖｳｼﾞ", 127: "0"}
    data = record_of("1", {1: "01"}) + record_of("2", came) + record_of("8", {1: "000001", 7: "000000110000"})
    bank.take_in("x", (data + record_of("9", {})).encode("cp932"), by=cast.mizuno, today=TODAY)
    assert BankLine.objects.get(amount=110_000).payer == "アオバシヨウジ"


@pytest.mark.django_db
def test_what_somebody_put_aside_is_not_booked_from_an_older_page(cast: Cast, firms: tuple[Any, Any]) -> None:
    take(cast)
    line = bank.waiting()[0]
    bank.put_aside(line, by=cast.mizuno)
    with pytest.raises(Conflict, match="ほかの人が先に"):
        bank.book(line, firms[0], by=cast.mizuno, today=TODAY)
    assert not Payment.plain.exists()


@pytest.mark.django_db
def test_who_is_erased_is_forgotten_as_a_payer(cast: Cast) -> None:
    him, other = (customer(cast.aoyama, name, "") for name in ("山田太郎", "別の山田"))
    names = {"family_name": "山田", "given_name": "太郎", "family_kana": "ヤマダ", "given_kana": "タロウ"}
    contact = actions.create("contact", {"account": him, **names}, by=cast.aoyama)
    text = "日付,摘要,入金額\n2026/11/25,ヤマダ　タロウ,5000\n2026/11/26,ヤマダ　タロウ,6000\n"
    bank.take_in("x.csv", text.encode(), by=cast.mizuno, today=TODAY)
    booked = bank.book(bank.waiting()[0], him, by=cast.mizuno, today=TODAY)
    same = payments.record(
        {"account": other, "paid_on": "2026-11-25", "amount": 7, "payer": "ヤマダ タロウ"}, by=cast.mizuno, today=TODAY
    )  # fmt: skip
    erase(contact, by=cast.mizuno)
    assert [line.payer for line in BankLine.objects.all()] == ["", ""]
    assert not PayerName.objects.exists()
    kept = Payment.plain.get(pk=booked.pk)
    assert (kept.payer, kept.amount, kept.account) == ("", 5000, him)
    assert Payment.plain.get(pk=same.pk).payer == "ヤマダ タロウ"
    lines = Event.objects.filter(subjects__object="payment", subjects__record_id=booked.pk)
    assert not any("ヤマダ" in str(line.data) for line in lines)
