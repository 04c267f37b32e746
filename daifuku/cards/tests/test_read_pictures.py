"""What comes in is a picture or gets a sentence; nothing of the camera stays in it, nothing in a PDF is run."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageDraw, ImageFile

from daifuku.cards.reading import NotAPicture
from daifuku.cards.reading.pictures import LONGEST_SIDE, as_jpeg, pages


def picture(width: int = 300, height: int = 180) -> Image.Image:
    made = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(made).rectangle((10, 10, 60, 40), fill="black")
    return made


def saved(made: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    made.save(out, kind, **options)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_usual_kinds(kind: str) -> None:
    (page,) = pages(saved(picture(), kind))
    assert (page.size, page.mode) == ((300, 180), "RGB")


def test_heic() -> None:
    pytest.importorskip("pi_heif")
    with pytest.raises(NotAPicture) as refused:
        pages(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(64))
    assert refused.value.code in {"not_a_picture", "truncated"}


def test_a_picture_is_turned_as_the_camera_says_and_tells_nothing_of_it() -> None:
    notes = Image.Exif()
    notes[0x0112] = 6
    notes[0x010F] = "Camera of Ryo"
    notes[0x8825] = {1: "N", 2: (35.0, 10.0, 0.0)}
    (page,) = pages(saved(picture(), "JPEG", exif=notes))
    assert page.size == (180, 300)
    assert not page.getexif()
    assert b"Ryo" not in as_jpeg(page)


def test_what_is_see_through_is_white() -> None:
    clear = Image.new("RGBA", (40, 30), (0, 0, 0, 0))
    (page,) = pages(saved(clear, "PNG"))
    assert page.getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16", "LA"])
def test_every_way_to_keep_colours(mode: str) -> None:
    made = Image.new("I;16", (40, 30)) if mode == "I;16" else picture(40, 60).convert(mode)
    kind = "JPEG" if mode == "CMYK" else "PNG"
    assert pages(saved(made, kind))[0].mode == "RGB"


def test_of_a_moving_picture_the_first_counts() -> None:
    first, second = picture(), Image.new("RGB", (300, 180), "red")
    moving = saved(first, "WEBP", save_all=True, append_images=[second], lossless=True)
    (page,) = pages(moving)
    assert page.getpixel((200, 100)) == (255, 255, 255)


def test_large_pictures_become_smaller() -> None:
    (page,) = pages(saved(Image.new("RGB", (6000, 4000), "white"), "JPEG"))
    assert max(page.size) <= LONGEST_SIDE


def test_fifty_megapixels_are_too_many_and_are_not_decoded() -> None:
    with pytest.raises(NotAPicture) as refused:
        pages(png_that_claims(8000, 7000))
    assert refused.value.code == "too_large"
    assert "5,000万画素" in refused.value.message


def test_a_bomb_of_a_terapixel() -> None:
    with pytest.raises(NotAPicture) as refused:
        pages(png_that_claims(1_000_000, 1_000_000))
    assert refused.value.code == "too_large"


def png_that_claims(width: int, height: int) -> bytes:
    """A few bytes that say they are so large."""

    def part(name: bytes, content: bytes) -> bytes:
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + part(b"IHDR", head)
        + part(b"IDAT", zlib.compress(b"\0" * 100))
        + part(b"IEND", b"")
    )


def test_a_file_that_was_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where pages were drawn before: what draws them lets Pillow take half a file for a whole one."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    whole = saved(picture(900, 600), "JPEG")
    with pytest.raises(NotAPicture) as refused:
        pages(whole[: len(whole) // 2])
    assert refused.value.code == "truncated"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a picture",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"GIF89a" + bytes(40),
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe0",
        b"PK\x03\x04" + bytes(60),
        b"%PDF-1.7 and nothing else",
    ],
)
def test_what_is_no_picture_is_told_so(data: bytes) -> None:
    with pytest.raises(NotAPicture) as refused:
        pages(data)
    assert "JPEG" in refused.value.message or refused.value.code == "truncated"


def test_more_bytes_than_a_picture_of_a_card_has() -> None:
    with pytest.raises(NotAPicture) as refused:
        pages(b"\xff\xd8" + bytes(50_000_001))
    assert refused.value.code == "too_large"


def pdf(*objects: bytes, catalog: bytes = b"") -> bytes:
    """A PDF of one empty page of a card's size, with what else is in its catalogue."""
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 258 156] /Contents 4 0 R /Resources << >> >>",
        b"<< /Length 30 >>\nstream\n0 0 0 rg 20 20 100 40 re f    \nendstream",
        *objects,
    ]
    out, places = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    return (
        out
        + b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (len(parts) + 1, table, len(parts) + 1, start)
    )


def test_a_pdf_is_drawn_at_300_dpi() -> None:
    (page,) = pages(pdf())
    assert page.size == (1075, 650)
    assert page.getpixel((200, 500)) == (0, 0, 0)


def test_scripts_and_actions_in_a_pdf_stay_what_they_are() -> None:
    script = b"<< /S /JavaScript /JS (app.alert\\('x'\\); this.submitForm\\('http://127.0.0.1:9/'\\);) >>"
    opened = pdf(script, catalog=b"/OpenAction 5 0 R /AA << /WC 5 0 R >>")
    assert pages(opened)[0].size == (1075, 650)


def test_a_pdf_with_a_page_of_a_kilometre_is_drawn_no_larger_than_other_pictures() -> None:
    (page,) = pages(pdf().replace(b"[0 0 258 156]", b"[0 0 9e5 9e5]"))
    assert max(page.size) <= LONGEST_SIDE
