"""The worker reads in a process of its own: the same answers, and nothing that breaks it breaks the worker."""

from __future__ import annotations

import io

import pytest
from PIL import Image, ImageDraw

from daifuku.cards.reading import NotAPicture, apart, available, read_apart


@pytest.fixture(autouse=True)
def ended() -> object:
    yield
    apart._child.close()


def jpeg(colour: str = "white") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, "JPEG")
    return out.getvalue()


def test_refusals_come_back_with_their_sentence_and_the_process_goes_on() -> None:
    for data, code in ((b"nothing", "not_a_picture"), (jpeg(), "blank"), (b"", "not_a_picture")):
        with pytest.raises(NotAPicture) as refused:
            read_apart(data)
        assert refused.value.code == code
    assert apart._child._process is not None


def test_a_process_that_dies_is_told_as_a_file_that_cannot_be_read_and_started_anew() -> None:
    with pytest.raises(NotAPicture):
        read_apart(jpeg())
    process = apart._child._process
    assert process is not None
    process.kill()
    process.wait()
    with pytest.raises(NotAPicture) as refused:
        read_apart(jpeg())
    assert refused.value.code == "blank"


@pytest.mark.skipif(not available(), reason="the engine is not installed")
def test_a_card_comes_back_whole() -> None:
    from daifuku.cli.bench.cards.printing import FONTS, font

    picture = Image.new("RGB", (1075, 650), "white")
    ImageDraw.Draw(picture).text((80, 500), "taro@example.co.jp", fill="black", font=font(FONTS[0], 40))
    out = io.BytesIO()
    picture.save(out, "PNG")
    (found,) = read_apart(out.getvalue())
    assert found.fields["email"].value == "taro@example.co.jp"
    assert found.fields["email"].box is not None
    assert found.lines
    assert found.picture.startswith(b"\xff\xd8")
