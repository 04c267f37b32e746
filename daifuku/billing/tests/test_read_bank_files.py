"""Files of the banks (全銀協規定フォーマット) are read to the last yen, and refused where they do not add up."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from daifuku.billing.zengin import Received, is_zengin, statements
from daifuku.foundation.unreadable import Unreadable

TODAY = date(2026, 11, 27)


def _record(*parts: tuple[str, int]) -> str:
    """Kana are padded with blanks to their width; numbers come padded with zeros."""
    return "".join(text.ljust(width)[:width] for text, width in parts)


def header(kind: str) -> str:
    head = _record(("1", 1), (kind, 2), ("0", 1), ("081127", 6), ("081101", 6), ("081127", 6), ("0005", 4))
    place = _record(("ﾅｺﾞﾔ", 15), ("123", 3), ("ｻｶｴ", 15))
    if kind == "01":
        return (head + place + _record(("1", 1), ("7654321", 7), ("ｼﾔﾁﾎｺｼﾖｳｼﾞ(ｶ", 40))).ljust(200)
    return (head + place + "   1" + _record(("0007654321", 10), ("ｼﾔﾁﾎｺｼﾖｳｼﾞ(ｶ", 40))).ljust(200)


def transfer(day: str, amount: int, payer: str, *, taken_back: bool = False) -> str:
    return _record(
        ("2", 1), ("000001", 6), (day, 6), (day, 6), (f"{amount:010}", 10), ("0" * 10, 10), ("1234567890", 10),
        (payer, 48), ("ﾐﾂﾋﾞｼ", 15), ("ﾏﾙﾉｳﾁ", 15), ("1" if taken_back else " ", 1), ("INV-12", 20), ("", 52),
    )  # fmt: skip


def movement(day: str, amount: int, payer: str, *, into: bool = True) -> str:
    return _record(
        ("2", 1), ("00000001", 8), (day, 6), (day, 6), ("1" if into else "2", 1), ("11", 2), (f"{amount:012}", 12),
        ("0" * 12, 12), ("", 6), ("", 6), ("", 1), ("", 7), ("", 3), ("1234567890", 10), (payer, 48), ("ﾐﾂﾋﾞｼ", 15),
        ("ﾏﾙﾉｳﾁ", 15), ("ﾌﾘｺﾐ", 20), ("", 20), ("", 1),
    )  # fmt: skip


def trailer(kind: str, count: int, total: int) -> str:
    return (f"8{count:06}{total:012}" if kind == "01" else f"8{count:06}{total:013}").ljust(200)


END = ("9" + "0" * 10).ljust(200)


def file(*records: str, between: str = "\r\n") -> bytes:
    return between.join(records).encode("cp932") + between.encode()


def test_transfers_are_read_with_payer_and_reference() -> None:
    data = file(header("01"), transfer("081126", 330_000, "ｶ)ﾔﾏﾀﾞｾｲｻｸｼﾞﾖ"), trailer("01", 1, 330_000), END)
    assert is_zengin(data)
    (found,) = statements(data, TODAY)
    assert (found.bank, found.branch, found.account) == ("ナゴヤ", "サカエ", "7654321")
    assert found.received == (
        Received(
            date(2026, 11, 26), 330_000, "カ)ヤマダセイサクジヨ", "ミツビシ", "INV-12", "1234567890", "000001"
        ),
    )


def test_of_movements_only_what_came_in_is_read() -> None:
    data = file(
        header("03"), movement("261126", 5_000, "ﾔﾏﾀﾞ"), movement("261126", 9_000, "ﾃﾞﾝｷ", into=False),
        trailer("03", 1, 5_000), END, between="",
    )  # fmt: skip
    (found,) = statements(data, TODAY)
    assert [(each.day, each.amount, each.payer) for each in found.received] == [
        (date(2026, 11, 26), 5_000, "ヤマダ")
    ]
    assert found.account == "0007654321"


def test_a_transfer_that_the_bank_took_back_says_so() -> None:
    data = file(
        header("01"), transfer("081126", 700, "ﾔﾏﾀﾞ"), transfer("081126", 700, "ﾔﾏﾀﾞ", taken_back=True),
        trailer("01", 1, 700), END,
    )  # fmt: skip
    assert [each.taken_back for each in statements(data, TODAY)[0].received] == [False, True]


@pytest.mark.parametrize(
    ("records", "code"),
    [
        ([header("01"), transfer("081126", 700, "ﾔﾏﾀﾞ"), trailer("01", 1, 701), END], "sums"),
        ([header("01"), transfer("081126", 700, "ﾔﾏﾀﾞ"), trailer("01", 2, 700), END], "sums"),
        ([header("01"), transfer("081326", 700, "ﾔﾏﾀﾞ"), trailer("01", 1, 700), END], "day"),
        ([header("01"), transfer("081126", 700, "ﾔﾏﾀﾞ")], "cut_off"),
        ([header("01"), transfer("081126", 700, "ﾔﾏﾀﾞ")[:150]], "length"),
        ([transfer("081126", 700, "ﾔﾏﾀﾞ"), END], "order"),
        ([header("21").replace("121", "121", 1), END], "kind"),
    ],
)
def test_a_file_that_does_not_add_up_is_refused(records: list[str], code: str) -> None:
    with pytest.raises(Unreadable) as refused:
        statements(file(*records), TODAY)
    assert refused.value.code == code


@given(some.lists(some.integers(1, 9_999_999_999), min_size=1, max_size=20))
def test_every_yen_of_a_file_arrives(amounts: list[int]) -> None:
    total = sum(amounts)
    data = file(header("03"), *(movement("081126", each, "ﾔﾏﾀﾞ") for each in amounts),
                trailer("03", len(amounts), total), END)  # fmt: skip
    (found,) = statements(data, TODAY)
    assert [each.amount for each in found.received] == amounts
