"""CSV files from everywhere: their encoding, their rows, what must not come out of them."""

import csv as plain_csv
import io
import time
from contextlib import suppress

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from daifuku.foundation import csv
from daifuku.foundation.encodings import Undecodable

NAMES = "会社名,会社名カナ,住所\r\n株式会社シャチホコ商事,シャチホコショウジ,愛知県名古屋市\r\n"


@pytest.mark.parametrize(
    ("hexadecimal", "text"),
    [
        ("8F 88 97 9D 8B E6 95 AA 2C 8C 8F 90 94 0D 0A 31 2C 32 0D 0A", "処理区分,件数\r\n1,2\r\n"),
        ("93 5F 8C 9F 98 41 94 D4 2C 8C 5E 8E AE 0D 0A 31 2C 32 0D 0A", "点検連番,型式\r\n1,2\r\n"),
    ],
)
def test_the_two_reported_files_come_out_right(hexadecimal, text):
    data = bytes.fromhex(hexadecimal)
    assert csv.detect(data) == "cp932"
    assert csv.decode(data, "cp932") == text


@pytest.mark.parametrize(
    ("written", "detected"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp932", "cp932"),
        ("euc_jp", "euc_jp"),
        ("iso2022_jp", "iso2022_jp"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
@pytest.mark.parametrize(
    "text", ["処理区分,件数\r\n1,2\r\n", "点検連番,型式\r\n1,2\r\n", "得意先名,電話\r\n", NAMES]
)
def test_each_encoding_is_told_from_the_others(written, detected, text):
    data = text.encode(written)
    assert csv.detect(data) == detected
    assert csv.decode(data, detected) == text


@pytest.mark.parametrize("encoding", ["cp932", "utf-8", "utf-8-sig"])
def test_the_letters_of_windows_survive(encoding):
    text = "名前,印\r\n①㈱髙﨑～－,Ⅲ\r\n"
    data = csv.encode(text, encoding)
    assert csv.decode(data, csv.detect(data)) == text


def test_iso_2022_jp_of_windows_mailers_has_its_letters_too():
    data = b"\x1b$B-!-j\x1b(B,\x1b$B4A;z\x1b(B,\x1b(I1\x1b(B\r\n"
    assert csv.detect(data) == "iso2022_jp"
    assert csv.decode(data, "iso2022_jp") == "①㈱,漢字,ｱ\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"), [(b"", "utf-8"), (b"a,b\r\n", "utf-8"), (b"Caf\xe9,Zo\xeb\r\n", "cp1252")]
)
def test_plain_files_and_western_ones(data, encoding):
    assert csv.detect(data) == encoding


def test_half_width_kana_is_taken_for_cp932():
    data = "ﾅﾏｴ,ﾃﾞﾝﾜ,ｼﾞｭｳｼｮ\r\nﾔﾏﾀﾞ,1,ｱｲﾁｹﾝ\r\n".encode("cp932")
    assert csv.detect(data) == "cp932"


def test_one_broken_byte_in_a_long_file_is_named_by_its_line():
    data = ("山田商店,名古屋\r\n" * 50).encode("cp932") + b"\x81\xff\r\n" + "鈴木\r\n".encode("cp932") * 50
    assert csv.detect(data) == "cp932"
    with pytest.raises(Undecodable) as caught:
        csv.decode(data, "cp932")
    assert caught.value.line == 51
    assert "51行目" in str(caught.value)


LETTERS = (
    "あいうえおかきくけこさしすせそたちつてとなにのはひまみやらりんアイカキサシタテナンーヤマ0123abc 、。"
    "田中山川株式会社商事東京大阪名古屋愛知県市区町村電話番号住所氏名日本語"
)
CELL = st.text(alphabet=LETTERS, min_size=1)
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=3, max_size=12)


@given(TABLE, st.sampled_from(["cp932", "euc_jp"]))
def test_encoded_texts_are_told_apart(table, encoding):
    text = "得意先名,住所,電話番号\r\n" + "\r\n".join(",".join(row) for row in table)
    assert csv.detect(text.encode(encoding)) == encoding
    assert csv.decode(text.encode(encoding), encoding) == text


@given(st.text())
def test_utf_8_is_always_recognised(text):
    assume(not text.startswith("\ufeff") and "\x1b" not in text and "\x00" not in text)
    data = text.encode(errors="ignore")
    assert csv.decode(data, csv.detect(data)) == data.decode()


@given(st.binary())
def test_any_bytes_have_an_encoding_and_are_read_or_refused(data):
    with suppress(UnicodeError):
        assert isinstance(csv.decode(data, csv.detect(data)), str)


def test_an_unknown_encoding_is_no_surprise():
    with pytest.raises(LookupError):
        csv.decode(b"a", "no-such-thing")


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a\tb\n1\t2\n", "\t"),
        ("a;b\n1,5;2,5\n", ";"),
        ("a|b|c\n1|2|3\n", "|"),
        ("名前\n山田\n", ","),
        ("", ","),
        ('"a;b",c\n"d;e",f\n', ","),
        ("住所\tメモ\n愛知県,名古屋\tx\n三重県\ty\n", "\t"),
    ],
)
def test_the_delimiter_is_guessed(text, delimiter):
    assert csv.guess_delimiter(text) == delimiter


def test_rows_carry_the_line_where_they_begin():
    text = 'a,b\r\n1,"x\r\ny ""z"""\r\n\r\n2,3\n4,5\r6,7'
    assert list(csv.rows(text)) == [
        (1, ["a", "b"]),
        (2, ["1", 'x\r\ny "z"']),
        (5, ["2", "3"]),
        (6, ["4", "5"]),
        (7, ["6", "7"]),
    ]


def test_nul_is_dropped():
    assert list(csv.rows("a\x00,b\n")) == [(1, ["a", "b"])]


def test_a_quote_within_an_unquoted_cell_is_a_mark_like_others():
    assert list(csv.rows('5" パイプ,1\n')) == [(1, ['5" パイプ', "1"])]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('a,b\n1,"2\n3,4\n', 2),
        ('a,b\n1,"2"x\n', 2),
        ('a,b\n1,2\n"x\ny",z\n1,"2\n3,"4"\n', 5),
        ('a,b\n"1\n2","3\n4\n', 3),
        ("名,所\n" + "x,y\n" * 19_998 + '"壊れた,y\n' + 'p,"q"\n' * 10, 20_000),
        ('a\n"' + "長" * 2_000_000, 2),
    ],
)
def test_a_broken_quote_is_named_by_its_line(text, line):
    with pytest.raises(csv.BrokenQuote) as caught:
        list(csv.rows(text))
    assert caught.value.line == line
    assert f"{line:,}行目" in str(caught.value)


def test_rows_before_a_broken_one_are_read():
    found = csv.rows('a,b\n1,2\n"3')
    assert [next(found), next(found)] == [(1, ["a", "b"]), (2, ["1", "2"])]


CELLS = st.text(alphabet=st.characters(exclude_characters="\x00", exclude_categories=["Cs"]))


@given(st.lists(st.lists(CELLS, min_size=2, max_size=4), min_size=1), st.sampled_from([",", "\t", ";", "|"]))
def test_what_is_written_reads_back(table, delimiter):
    written = io.StringIO()
    plain_csv.writer(written, delimiter=delimiter).writerows(table)
    assert [cells for _line, cells in csv.rows(written.getvalue(), delimiter)] == table


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "=1+1",
            "+1+1",
            "-1+cmd|' /C calc'!A0",
            "@SUM(1)",
            "\t=1",
            "\r=1",
            "\tx",
            "＝1+1",
            "＋1+1",
            "－x",
            "＠x",
        ),
        *(" =1", ";=1", "+81 3 1234", "+5", "-x"),
    ],
)
def test_what_a_spreadsheet_would_run_is_made_harmless(cell):
    assert csv.harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "-", "－", "-5", "-1,234.5", "10%", "山田", "a=b", "1-2-3", "03-1234-5678", "'tis"]
)
def test_what_is_harmless_stays(cell):
    assert csv.harmless(cell) == cell


@given(st.text(alphabet="'=+-@\t\r＝＋－＠;1a "))
def test_taking_the_mark_away_gives_back_the_text(cell):
    safe = csv.harmless(cell)
    assert not safe.startswith(("=", "@", "\t", "\r", "＝", "＋", "＠"))
    undone = safe[1:] if safe[:1] == "'" and csv.harmless(safe[1:]) == safe else safe
    assert undone == cell


def test_letters_that_cp932_does_not_have_are_named():
    assert csv.unsayable("株式会社①㈱髙﨑～〜−", "cp932") == set()
    assert csv.unsayable("𠮷野家🍣한", "cp932") == {"𠮷", "🍣", "한"}
    assert csv.unsayable("𠮷野家🍣", "utf-8") == set()


def test_twins_stand_for_what_cp932_does_not_have():
    assert csv.encode("〜−𠮷", "cp932").decode("cp932") == "～－〓"


def test_a_large_file_is_detected_and_read_in_time():
    data = (NAMES * 20_000).encode("cp932")
    begun = time.process_time()
    assert csv.detect(data) == "cp932"
    assert sum(1 for _row in csv.rows(csv.decode(data, "cp932"))) == 40_000
    assert time.process_time() - begun < 3
