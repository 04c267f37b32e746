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


def broken(monkeypatch: pytest.MonkeyPatch, *times: bool) -> list[bytes]:
    """A process that dies over the file as often as told."""
    asked: list[bytes] = []

    def exchange(process: object, data: bytes) -> dict[str, object]:
        asked.append(data)
        if times[len(asked) - 1]:
            raise EOFError
        return {"refused": "blank", "effort": (0.5, 300.0)}

    monkeypatch.setattr(apart, "_exchange", exchange)
    return asked


def test_who_dies_once_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = broken(monkeypatch, True, False)
    with pytest.raises(NotAPicture) as refused:
        read_apart(b"card")
    assert (refused.value.code, len(asked)) == ("blank", 2)
    assert apart.effort() == apart.Effort(0.5, 300.0)


def test_a_file_that_ends_two_processes_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = broken(monkeypatch, True, True)
    with pytest.raises(NotAPicture) as refused:
        read_apart(b"card")
    assert (refused.value.code, len(asked)) == ("given_up", 2)
    assert "中止しました" in refused.value.message


def test_a_file_that_takes_too_long_is_told_so_and_the_next_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as hurried:
        hurried.setattr(apart, "_SECONDS", 0.05)
        with pytest.raises(NotAPicture) as refused:
            read_apart(jpeg())
    assert refused.value.code == "given_up"
    with pytest.raises(NotAPicture) as refused:
        read_apart(jpeg())
    assert refused.value.code == "blank"


def test_what_it_took_is_told() -> None:
    with pytest.raises(NotAPicture):
        read_apart(jpeg())
    assert 5 < apart.effort().megabytes < 700
    assert apart.effort().seconds < 60


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
