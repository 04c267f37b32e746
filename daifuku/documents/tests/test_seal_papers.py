"""A paper that was issued: kept with its hash, printed again byte for byte, never changed, fetching nothing."""

from __future__ import annotations

import re
import time
import zlib
from contextlib import suppress
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.template import engines
from PIL import Image

from daifuku.documents import kinds, pdf, sealing
from daifuku.documents.kinds import PaperKind
from daifuku.documents.models import Sealed
from daifuku.documents.sealing import Draft
from daifuku.ledger import writing as ledger
from daifuku.records import actions
from daifuku.records.files import sweeping

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 27)
PAGE = "<html><body style='font-family: BIZ UDPGothic'><p>{{ words }}</p><p>{{ number }}</p></body></html>"


@pytest.fixture(autouse=True)
def kind(monkeypatch):
    monkeypatch.setitem(kinds._kinds, "trial", PaperKind("trial", "試し", "T{YYYY}-{NNNN}", "account"))
    monkeypatch.setattr(
        pdf, "render_to_string", lambda name, values: engines["django"].from_string(name).render(values)
    )


@pytest.fixture
def account(cast):
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def issue(account, by, words="三方良し", ahead=None):
    def compose(number: str) -> Draft:
        return Draft(PAGE, {"words": words, "number": number}, "青葉商事", 1_000, account.pk)

    with ledger.writing():
        return sealing.seal("trial", account, compose, DAY, by=by, ahead=ahead)


def test_it_is_printed_again_byte_for_byte(cast, account) -> None:
    copy = issue(account, cast.aoyama)
    first = sealing.content_of(copy)
    assert first.startswith(b"%PDF-")
    assert sealing.content_of(Sealed.objects.get(pk=copy.pk)) == first
    assert (copy.number, copy.data["words"], copy.amount) == ("T2026-0001", "三方良し", 1_000)
    assert sealing.copies_of(account) == [copy]


def test_it_does_not_change(cast, account) -> None:
    copy = issue(account, cast.aoyama)
    copy.amount = 1
    for attempt in (
        copy.save,
        copy.delete,
        Sealed.objects.all().delete,
        lambda: Sealed.objects.update(amount=1),
    ):
        with pytest.raises(TypeError):
            attempt()
    assert Sealed.objects.get().amount == 1_000


def test_what_was_drawn_ahead_is_used_only_where_it_is_still_right(cast, account) -> None:
    def compose(number: str) -> Draft:
        return Draft(PAGE, {"words": "三方良し", "number": number}, "青葉商事", 1_000, account.pk)

    ahead = sealing.ahead("trial", compose, DAY)
    assert sealing.content_of(issue(account, cast.aoyama, ahead=ahead)) == ahead.content
    late = issue(account, cast.aoyama, ahead=ahead)
    assert late.number == "T2026-0002"
    assert sealing.content_of(late) != ahead.content


def test_a_damaged_file_is_told_and_not_handed_out(cast, account) -> None:
    copy = issue(account, cast.aoyama)
    with open(default_storage.path(copy.stored), "ab") as file:
        file.write(b"x")
    with pytest.raises(sealing.Damaged, match="バックアップ"):
        sealing.content_of(copy)


def test_the_sweeper_leaves_it(cast, account) -> None:
    copy = issue(account, cast.aoyama)
    assert sweeping.sweep([copy.stored]) == 0
    assert sealing.content_of(copy)


def test_markup_in_texts_is_printed_as_it_stands(cast, account) -> None:
    copy = issue(account, cast.aoyama, '<img src="http://127.0.0.1:9/x"><script>alert(1)</script>')
    assert sealing.content_of(copy).startswith(b"%PDF-")


ADDRESSES = (
    "http://127.0.0.1:9/x.png", "https://example.com/x.png", "file:///etc/passwd", "ftp://127.0.0.1/x", "//127.0.0.1/x",
    "data:image/png;base64,AAAA", "/etc/passwd", "picture:other", "../settings.py",
)  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize(
    "markup",
    (
        '<img src="{a}">', '<link rel="stylesheet" href="{a}">', "<style>@import url({a});</style>",
        '<p style="background: url({a})">x</p>', '<object data="{a}"></object>',
        '<link rel="attachment" href="{a}">',
    ),
)  # fmt: skip
def test_a_template_fetches_nothing(address: str, markup: str, monkeypatch) -> None:
    """Neither the net nor the disk is asked, whatever a template says; the paper fails or leaves it out."""
    import urllib.request

    opened: list[Any] = []

    def refuse(*a: Any, **k: Any) -> None:
        opened.append(a)
        raise OSError

    monkeypatch.setattr(urllib.request.OpenerDirector, "open", refuse)
    try:
        content = pdf.render(f"<html>{markup.replace('{a}', address)}<p>x</p></html>", {})
    except pdf.Fetched as refusal:
        assert "fetches nothing" in str(refusal)
    else:
        assert b"/EmbeddedFile" not in content
    assert opened == []


def inside(content: bytes) -> bytes:
    """A PDF with its packed streams opened."""
    found = [content]
    for packed in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
        with suppress(zlib.error):
            found.append(zlib.decompress(packed))
    return b"\n".join(found)


def test_a_picture_that_is_handed_over_is_drawn() -> None:
    picture = BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, "PNG")
    drawn = pdf.render('<html><img src="picture:seal"></html>', {}, {"seal": picture.getvalue()})
    assert b"/Image" in inside(drawn)


def test_fonts_lie_inside_and_a_page_is_quick() -> None:
    page = (
        "<html><body style='font-family: BIZ UDPGothic'>"
        + "<p>見積書 御中 1,234円</p>" * 30
        + "</body></html>"
    )
    pdf.render(page, {})
    began = time.process_time()
    drawn = pdf.render(page, {})
    assert time.process_time() - began < 1.0
    assert b"BIZ-UDPGothic" in inside(drawn)
    assert b"/FontFile" in inside(drawn)


def test_a_server_without_the_library_says_so(monkeypatch) -> None:
    import sys

    from daifuku.foundation.errors import Unavailable

    monkeypatch.setitem(sys.modules, "weasyprint", None)
    with pytest.raises(Unavailable, match="管理者"):
        pdf.render("<p>x</p>", {})
