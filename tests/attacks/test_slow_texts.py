"""No text takes long, however long it is and however it is made: whoever types it must not hold the others up."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date

import pytest

from daifuku.foundation import address, calendar, csv, identifiers, japanese, money, phone
from daifuku.minutes.found import Chip, _match
from daifuku.minutes.reading import Words, read
from daifuku.minutes.reading.together import together
from daifuku.transfers.reading.vcard import read_cards

LONG = 50_000
SECONDS = 4
BAITS = {
    "commas": "1" + "," * LONG + "1",
    "blanks": "a" + " " * LONG + "b",
    "wide blanks": "a" + "\u3000" * LONG + "様x",
    "brackets": "(" * LONG,
    "dots": "a" + "." * LONG + "x",
    "commas and a word": "," * LONG + "a",
    "blanks and commas": " ," * (LONG // 2) + "Co",
    "numbers": "1-" * (LONG // 2) + "x",
    "digits": "9" * LONG,
    "blocks": "1丁目" * (LONG // 3) + "x",
    "parts": "1の" * (LONG // 2) + "x",
    "ones": "一" * LONG,
    "tens": "十" * LONG,
    "kabu": "株 " * (LONG // 2),
    "extension": "内線" * (LONG // 2) + "x",
    "at": "a@" * (LONG // 2),
    "dashes": "ア-" * (LONG // 2),
    "joiners": "\u200d" * LONG,
    "tags": "\U000e0041" * LONG,
}
READERS: dict[str, Callable[[str], object]] = {
    "phone": phone.format_number,
    "digits of a phone": phone.digits,
    "address": address.split,
    "site": address.site_key,
    "postal codes": lambda text: address.codes_for("愛知県", "名古屋市中区", text),
    "mail": identifiers.clean_email,
    "web": identifiers.clean_url,
    "number of a firm": identifiers.clean_corporate_number,
    "amount": money.parse_amount,
    "day": calendar.parse_date,
    "text": japanese.clean_text,
    "kana": japanese.clean_kana,
    "folded": japanese.fold,
    "firm": japanese.company_key,
    "order": japanese.sort_key,
    "romaji": japanese.romaji_key,
    "reading": japanese.reading,
    "name": japanese.split_name,
    "person": lambda text: japanese.person_key(text, ""),
    "delimiter": csv.guess_delimiter,
    "formula": csv.harmless,
}


class TooSlow(BaseException):
    """The time is over."""


@contextmanager
def at_most(seconds: int) -> Iterator[None]:
    def over(*_arguments: object) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize("reader", READERS)
def test_a_text_of_fifty_thousand_characters_is_read_or_refused_soon(reader: str) -> None:
    with suppress(ValueError):
        READERS[reader]("愛知県名古屋市中区栄1")  # Dictionaries are opened the first time.
    slow = []
    for name, text in BAITS.items():
        try:
            with at_most(SECONDS), suppress(ValueError):
                READERS[reader](text)
        except TooSlow:
            slow.append(name)
    assert slow == []


CARD = b"BEGIN:VCARD\nN:A\n%s\nEND:VCARD\n"
FILES: dict[str, Callable[[], object]] = {
    "escapes": lambda: csv.decode(b"\x1b(B" * 400_000, "iso2022_jp"),
    "lines that go on softly": lambda: read_cards(CARD % (b"NOTE;QUOTED-PRINTABLE:" + b"aaaa=\n" * 400_000)),
    "lines that go on": lambda: read_cards(CARD % (b"NOTE:" + b"\n aaaa" * 400_000)),
    "no colon": lambda: read_cards(CARD % (b"QUOTED-PRINTABLE" + b"aaaa=\n" * 400_000)),
    "punycode": lambda: csv.decode(b"a" * 400_000 + b"-" + b"ba" * 400_000, "punycode"),
    "punycode in a card": lambda: read_cards(
        CARD % (b"NOTE;CHARSET=punycode;QUOTED-PRINTABLE:" + b"a" * 400_000 + b"-" + b"ba" * 400_000)
    ),
}


@pytest.mark.parametrize("file", FILES)
def test_a_file_of_two_megabytes_is_read_or_refused_soon(file: str) -> None:
    with at_most(SECONDS), suppress(ValueError, LookupError):
        FILES[file]()


ALIKE = 1_000
PRODUCTS = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]
MINUTES: dict[str, Callable[[], object]] = {
    "lines that are all alike": lambda: together("\n" * 300_000, "a\n" * 300_000, "\n" * 300_000),
    "lines that are all alike in half": lambda: together("\n" * 500, "a\n" * 500, "\n" * 500),
    "products in every place": lambda: read(
        "\n".join(["".join(PRODUCTS[:900])] * 200), date(2026, 11, 27), Words(products=PRODUCTS)
    ),
    "what was made of lines that are gone": lambda: _match(
        [Chip(each) for each in read("ToDo: あ\n" * ALIKE, date(2026, 11, 27)).findings],
        [{"key": str(n), "kind": "task", "line": "い" * 900, "object": "", "uid": ""} for n in range(ALIKE)],
    ),
    **{
        name: lambda text=text: read(text, date(2026, 11, 27))  # type: ignore[misc]
        for name, text in {
            **BAITS,
            "answers": "・a:" * LONG,
            "names": "(青山)" * LONG,
            "headings": "【" * LONG,
            "notes": "ToDo:" * LONG,
            "arrows": "電話番号→" * LONG,
            "clocks": "次回:12/3 9:" * LONG,
            "lines": "次回: 12/3 9:00\n" * LONG,
        }.items()
    },
}  # fmt: skip


@pytest.mark.parametrize("name", MINUTES)
def test_minutes_are_read_and_put_together_soon(name: str) -> None:
    with at_most(SECONDS):
        MINUTES[name]()
