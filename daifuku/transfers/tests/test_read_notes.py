"""Evernote's export file read: what stands in it, what is broken in it, and what is no such file."""

from __future__ import annotations

import hashlib
import io
import tracemalloc
from datetime import UTC, datetime
from typing import Any

import pytest

from daifuku.foundation.errors import Invalid
from daifuku.transfers.notes.enex import Note, Reader
from daifuku.transfers.notes.enml import to_text
from daifuku.transfers.notes.wording import digest_of, file_names, words_of
from daifuku.transfers.reading.nature import ENEX, TEXT, nature_of
from daifuku.transfers.tests.enex_files import HEAD, PDF, PNG, SAMPLE, TAIL, enex, media, note, resource


def read(data: bytes, **options: Any) -> tuple[list[Note], Reader]:
    reader = Reader(io.BytesIO(data), **options)
    return list(reader), reader


def only(data: bytes) -> Note:
    (found,), reader = read(data)
    assert reader.broken == 0
    return found


def text_of(body: str) -> str:
    return to_text(f"<en-note>{body}</en-note>", lambda digest, mime: f"［{mime} {digest}］").text


def test_the_sample_has_its_notes_with_all_that_belongs_to_them() -> None:
    notes, reader = read(SAMPLE.read_bytes())
    assert [each.title for each in notes] == ["青葉商事 打合せ", "緑商店", "電話メモ", "社員旅行の候補"]
    first = notes[0]
    assert first.created == datetime(2019, 4, 1, 5, 6, 7, tzinfo=UTC)
    assert (first.author, first.tags) == ("青山 凛", ["打合せ", "重要"])
    assert words_of(first).comment == (
        "【Evernote】青葉商事 打合せ\n作成: 2019/04/01 14:06　更新: 2019/04/02 09:00\n作成者: 青山 凛\n"
        "タグ: 打合せ、重要\n\n■ 朝の打合せ\n出席: 田中部長、山口様 ほか\n\n次回の納品について:\n・豆大福 300個\n"
        "・草餅 120個\n　　・うち20個は進物用\n品名 ｜ 数量 ｜ 単価\n豆大福 ｜ 300 ｜ ￥180\n"
        "草餅 ｜ 120 ｜ ￥160\n☑ 見積書を送る\n☐ 見本を持って行く\n白板の写真: ［画像: 白板.png］\n"
        "地図はこちら（https://maps.example.jp/aoba?a=1&b=2）"
    )
    assert file_names(notes[1]) == ["画像1.png", "契約書.pdf"]
    assert "☑ 資料を送る\n☐ 電話する" in words_of(notes[2]).text
    assert reader.broken == 0


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<div>一</div><div><br/></div><div>二<br/>三</div>", "一\n\n二\n三"),
        ("a\n  b &amp; c&nbsp;d &copy; &#x5927;", "a b & c d © 大"),
        ("<ol><li>甲</li><li><p>乙</p><p>続き</p></li></ol>次", "1. 甲\n2. 乙\n　続き\n次"),
        ('<ol start="3"><li>丙</li></ol>', "3. 丙"),
        (
            "<table><tr><th>品</th><td><div>大</div><div>福</div></td></tr><tr><td/><td/></tr></table>",
            "品 ｜ 大 福",
        ),
        ('<a href="https://e.jp">https://e.jp</a> <a href="mailto:a@e.jp">a@e.jp</a>', "https://e.jp a@e.jp"),
        ('<a href="evernote:///view/1">ほかのノート</a>', "ほかのノート（evernote:///view/1）"),
        ("<pre>a\n  b</pre>", "a\n  b"),
        ('<en-media hash="AB" type="image/png"/>', "［image/png ab］"),
        ('前<en-crypt hint="犬">xx</en-crypt>', "前［暗号化された部分（犬）］"),
        ("<style>p{}</style><h2>見出し</h2><hr/>", "◆ 見出し\n" + "―" * 10),
        ("<ul><li>外<table><tr><td>中</td></tr></table></li></ul>", "・外\n　中"),
    ],
)
def test_markup_becomes_plain_lines(body: str, text: str) -> None:
    assert text_of(body) == text


def test_tasks_follow_the_text() -> None:
    tasks = (
        "<task><title>電話</title><taskStatus>completed</taskStatus></task>"
        "<task><title>訪問</title><taskStatus>open</taskStatus></task>"
    )
    assert words_of(only(enex(note("A", "<div>本文</div>", rest=tasks)))).text == "本文\n☑ 電話\n☐ 訪問"


def test_a_file_that_breaks_in_the_middle_gives_what_came_before() -> None:
    whole = enex(note("一"), note("二"), note("三"))
    for data in (
        whole[: whole.index("三".encode()) + 2],
        whole.replace("<title>三".encode(), b"<title>3</tag>"),
    ):
        notes, reader = read(data)
        assert [each.title for each in notes] == ["一", "二"]
        assert reader.broken > 3


def test_broken_markup_of_one_note_gives_its_words() -> None:
    notes, _reader = read(enex(note("一", "<div>壊れ<b>た</div>所 &amp; 次"), note("二")))
    words = words_of(notes[0])
    assert words.text == "壊れた\n所 & 次"
    assert "文字だけを取り込みました" in words.comment
    assert words_of(notes[1]).text == "本文"


def test_what_is_missing_is_said_and_nothing_fails() -> None:
    found = only(enex(note("", "", created=None)))
    assert (found.title, found.created, found.content[:5]) == ("", None, "<?xml")
    assert words_of(found).comment == "【Evernote】（題名なし）\n作成: 日付なし"
    assert only(enex(note("A", created="2019-04-01"))).created is None
    assert only((HEAD + "<note></note>" + TAIL).encode()).title == ""


def test_a_picture_that_cannot_be_unpacked_is_named_in_the_note() -> None:
    rest = resource(b"", "image/png", "壊れ.png", coded="これは違う===") + resource(
        b"", "image/png", "空.png"
    )
    found = only(enex(note("A", rest=rest + resource(PNG, "image/png", "良い.png"))))
    assert [each.problem for each in found.resources] == ["damaged", "empty", ""]
    comment = words_of(found).comment
    assert "「壊れ.png」は、元のファイルが壊れていて" in comment
    assert "「空.png」は、中身がなく" in comment


def test_a_file_is_named_in_the_text_where_it_stood() -> None:
    body = f"<div>{media(PDF, 'application/pdf')}</div><div>{media(b'none', 'image/png')}</div>"
    rest = resource(PDF, "application/pdf", "../../契約/書.pdf") + resource(
        PNG, "image/png", "あ" * 300 + ".png"
    )
    found = only(enex(note("A", body, rest=rest)))
    first, second = file_names(found)
    assert "/" not in first and len(second) < 200 and second.endswith(".png")
    assert words_of(found).text == f"［添付: {first}］\n［添付: 見つかりません］"
    assert [each.digest for each in found.resources] == [
        hashlib.md5(data, usedforsecurity=False).hexdigest() for data in (PDF, PNG)
    ]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "Shift_JIS", "EUC-JP"])
def test_other_encodings_are_read(encoding: str) -> None:
    text = enex(note("髙橋様" if "utf" in encoding else "高橋様", "<div>本文①</div>".replace("①", "")))
    words = text.decode().replace("UTF-8", encoding.replace("-sig", ""), 1)
    data = words.encode("cp932" if encoding == "Shift_JIS" else encoding)
    assert nature_of(io.BytesIO(data), len(data)) == ENEX
    assert only(data).title.endswith("橋様")


def test_letters_that_xml_does_not_know_are_passed_over() -> None:
    data = enex(note("A")).replace("本文".encode(), "本\x0b文\x00".encode())
    assert words_of(only(data)).text == "本文"


def test_a_text_too_long_for_a_comment_is_kept_whole_beside_it() -> None:
    words = words_of(only(enex(note("長い話", "".join(f"<div>{n}行目の話です。</div>" for n in range(900))))))
    assert len(words.comment) <= 4000
    assert words.comment.endswith("……（続きは、添付の「長い話.txt」にあります）")
    assert "899行目の話です。" in words.whole and "0行目の話です。" in words.comment
    assert words_of(only(enex(note("短い話")))).whole == ""


def test_the_same_note_has_the_same_digest_out_of_any_file() -> None:
    one, two = only(enex(note("A"))), only(enex(note("A", tags=["別"])).replace(b"20190402", b"20200402"))
    other = only(enex(note("A", "<div>本文。</div>")))
    first, second, third = (digest_of(each, words_of(each).text) for each in (one, two, other))
    assert first == second != third


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<html><body>x</body></html>", "ENEX"),
        (b"<en-export2/>", "ENEX"),
        (b"not xml at all", "ENEX"),
        (b"<?xml version='1.0' encoding='klingon'?><en-export/>", "klingon"),
        (b"<?xml version='1.0' encoding='base64'?><en-export/>", "base64"),
    ],
)
def test_what_is_no_export_is_refused_with_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        read(data)


def test_entities_that_the_file_defines_are_refused() -> None:
    lines = ['<!ENTITY a0 "大福">', *(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))]
    bomb = f"<!DOCTYPE en-export [{''.join(lines)}]><en-export><note><title>&a9;</title></note></en-export>"
    for data in (bomb, bomb.replace("&a9;", "x").replace('"大福"', 'SYSTEM "file:///etc/passwd"')):
        with pytest.raises(Invalid, match="実体宣言"):
            read(data.encode())
    inside = only(
        enex(note("A")).replace(b"<!DOCTYPE en-note SYSTEM", b'<!DOCTYPE en-note [<!ENTITY a "x">] >')
    )
    assert len(words_of(inside).text) < 200


def test_a_note_that_is_nested_like_a_trap_gives_its_words() -> None:
    plain = to_text("<en-note>" + "<div>" * 5000 + "底" + "</div>" * 5000 + "</en-note>", lambda *_all: "")
    assert (plain.text, plain.broken) == ("底", True)
    deep = (HEAD + "<note>" + "<x>" * 100_000 + "</x>" * 100_000 + "<title>A</title></note>" + TAIL).encode()
    assert only(deep).title == "A"


@pytest.mark.parametrize(("begin", "end"), [("<ul>", "</ul>"), ("<td>", "</td>"), ("<a href='x'>", "</a>")])
def test_lists_cells_and_links_inside_one_another_do_not_multiply_their_text(begin: str, end: str) -> None:
    body = f"<en-note>{begin * 400}{'<li>a</li>' * 1000}{end * 400}</en-note>"
    plain = to_text(body, lambda digest, mime: "")
    assert (plain.broken, plain.text) == (True, "\n".join("a" * 1000))


def test_a_text_beyond_the_limit_is_not_taken_in() -> None:
    notes, _reader = read(enex(note("大きい", "あ" * 5_100_000), note("小さい")))
    assert [each.too_long for each in notes] == [True, False]


def test_pictures_of_many_megabytes_take_little_memory() -> None:
    data = enex(*(note(str(n), rest=resource(b"x" * 3_000_000, "image/png")) for n in range(5)))
    tracemalloc.start()
    sizes = [each.resources[0].size for each in Reader(io.BytesIO(data), wanted=lambda number: True)]
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sizes == [3_000_000] * 5
    assert most < 8_000_000


def test_a_file_is_known_by_its_content_and_not_by_its_name() -> None:
    def nature(data: bytes) -> str:
        return nature_of(io.BytesIO(data), len(data))

    assert nature(SAMPLE.read_bytes()) == ENEX
    assert nature("会社名,備考\nA,<en-export>\n".encode()) == TEXT
