"""Files: kept whole with their versions, known by their content, shown small without the photographer's data."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from daifuku.foundation.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from daifuku.jobs.models import Job
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import filing
from daifuku.records.files import previews
from daifuku.records.files.kinds import kind_of
from daifuku.records.files.names import clean_name
from daifuku.records.models import Attachment

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast: Cast) -> Any:
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def picture(kind: str = "PNG", size: tuple[int, int] = (800, 400), **options: Any) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "red").save(target, kind, **options)
    return target.getvalue()


def enormous() -> bytes:
    """A small file that says it is 30,000 × 30,000."""
    whole = picture("PNG", (1, 1))
    header = b"IHDR" + struct.pack(">II", 30_000, 30_000) + whole[24:29]
    return whole[:12] + header + struct.pack(">I", zlib.crc32(header)) + whole[33:]


def archive(*names: str) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as zipped:
        for name in names:
            zipped.writestr(name, "x")
    return target.getvalue()


def undo_last(by: Any) -> None:
    undoing.undo(Event.objects.latest("pk"), by=by)


def test_a_file_is_kept_whole_and_told_of(cast: Cast, account: Any) -> None:
    added = filing.add_file(account, ContentFile("見積".encode(), "見積書.txt"), by=cast.aoyama)
    version = added.current
    assert version is not None
    assert (version.name, version.size, version.type) == ("見積書.txt", 6, "text/plain")
    assert (Path(settings.MEDIA_ROOT) / version.stored).read_bytes() == "見積".encode()
    assert Event.objects.get(kind="file.added").data["name"] == "見積書.txt"


def test_who_may_not_edit_hangs_nothing_on_the_record_and_fills_no_disk(cast: Cast, account: Any) -> None:
    before = set(Path(settings.MEDIA_ROOT).rglob("*"))
    with pytest.raises(Forbidden):
        filing.add_file(account, ContentFile(b"of senda", "a.txt"), by=cast.senda)
    hidden = actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    with pytest.raises(NotFound):
        filing.add_file(hidden, ContentFile(b"of senda", "a.txt"), by=cast.senda)
    assert not Attachment.objects.exists()
    assert set(Path(settings.MEDIA_ROOT).rglob("*")) == before


@pytest.mark.parametrize(
    ("content", "name", "code"),
    [(b"", "a.txt", "empty"), (b"x", "../..", "name"), (b"x", "a" * 256, "too_long")],
)
def test_what_cannot_be_kept_is_refused(
    cast: Cast, account: Any, content: bytes, name: str, code: str
) -> None:
    with pytest.raises(Invalid) as refused:
        filing.add_file(account, ContentFile(content), name=name, by=cast.aoyama)
    assert refused.value.problems[0].code == code


def test_a_file_that_is_too_large_is_refused(cast: Cast, account: Any, settings: Any) -> None:
    settings.UPLOAD_LIMIT = 10
    with pytest.raises(DomainError) as refused:
        filing.add_file(account, ContentFile(b"12345678901", "a.txt"), by=cast.aoyama)
    assert refused.value.status == 413


def test_versions_follow_one_another_and_an_older_one_comes_back(cast: Cast, account: Any) -> None:
    added = filing.add_file(account, ContentFile(b"one", "a.txt"), by=cast.aoyama)
    newer = filing.add_version(added, ContentFile(b"two", "b.txt"), by=cast.baba)
    assert newer.current is not None
    assert (newer.current.number, newer.name) == (2, "b.txt")
    undo_last(cast.aoyama)
    assert Attachment.objects.get().name == "a.txt"
    filing.use_version(added, 2, by=cast.aoyama)
    assert Attachment.objects.get().name == "b.txt"
    assert [version.number for version in added.versions.all()] == [2, 1]
    with pytest.raises(NotFound):
        filing.use_version(added, 3, by=cast.aoyama)


def test_an_older_undo_does_not_push_a_newer_version_away(cast: Cast, account: Any) -> None:
    added = filing.add_file(account, ContentFile(b"one", "a.txt"), by=cast.aoyama)
    filing.add_version(added, ContentFile(b"two", "b.txt"), by=cast.aoyama)
    event = Event.objects.latest("pk")
    filing.add_version(added, ContentFile(b"three", "c.txt"), by=cast.aoyama)
    with pytest.raises(Conflict):
        undoing.undo(event, by=cast.aoyama)


def test_a_file_goes_to_the_trash_and_comes_back(cast: Cast, account: Any) -> None:
    added = filing.add_file(account, ContentFile(b"one", "a.txt"), by=cast.aoyama)
    filing.trash_file(added, by=cast.aoyama)
    assert not filing.files_of(account).exists()
    undo_last(cast.aoyama)
    assert filing.files_of(account).get() == added


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("PNG"), "image/png"),
        (picture("JPEG"), "image/jpeg"),
        (picture("GIF"), "image/gif"),
        (picture("WEBP"), "image/webp"),
        (b"%PDF-1.7\n...", "application/pdf"),
        (b"<svg onload=alert(1)>", "text/plain"),
        (b"<html><script>alert(1)</script>", "text/plain"),
        ("文字".encode("cp932"), "text/plain"),
        (("あ" * 3000).encode(), "text/plain"),
        (b"MZ\x90\x00\x03", "application/octet-stream"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), "application/vnd.openxmlformats"),
        (archive("a.txt"), "application/zip"),
        (b"PK\x03\x04broken", "application/octet-stream"),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, kind: str) -> None:
    assert kind_of(io.BytesIO(content)).startswith(kind)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mizuno\\見積.pdf", "見積.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "a  Set-Cookie: x=1.pdf"),
        ("請求\u202egpj.exe", "請求gpj.exe"),
        ("a\x00.png", "a .png"),
        ('"quoted".pdf', '"quoted".pdf'),
    ],
)
def test_a_name_loses_its_folders_and_what_cannot_be_seen(name: str, clean: str) -> None:
    assert clean_name(name) == clean


def test_a_picture_gets_a_small_one_without_the_photographers_data(cast: Cast, account: Any) -> None:
    exif = Image.Exif()
    exif[0x010E] = "Nagoya office"
    exif[0x0112] = 6
    photo = picture("JPEG", exif=exif.tobytes())
    assert b"Nagoya office" in photo
    added = filing.add_file(account, ContentFile(photo, "photo.jpg"), by=cast.aoyama)
    version = added.current
    assert version is not None
    assert version.preview_state == "waiting"
    assert Job.objects.filter(kind="records.preview", payload={"version": version.pk}).exists()
    previews.make(version)
    version.refresh_from_db()
    small = default_storage.open(version.preview).read()
    assert version.preview_state == "ready"
    assert b"Nagoya" not in small
    with Image.open(io.BytesIO(small)) as shown:
        assert (shown.size, dict(shown.getexif())) == ((320, 640), {})


@pytest.mark.parametrize("content", [b"\x89PNG\r\n\x1a\nbroken", enormous()])
def test_a_broken_or_enormous_picture_is_kept_but_not_opened(
    cast: Cast, account: Any, content: bytes
) -> None:
    added = filing.add_file(account, ContentFile(content, "a.png"), by=cast.aoyama)
    assert added.current is not None
    previews.make(added.current)
    added.current.refresh_from_db()
    assert (added.current.preview, added.current.preview_state) == ("", "failed")
