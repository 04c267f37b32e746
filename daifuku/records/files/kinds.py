"""Which kind of file this is, by its content: the name is only what somebody called it."""

from __future__ import annotations

import zipfile
from typing import IO

from daifuku.foundation import zips

UNKNOWN = "application/octet-stream"
HEAD = 4096
HEADS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"%PDF-", "application/pdf"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
)
OFFICE = (
    ("word/", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xl/", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt/", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
)
ZIP = "application/zip"


def kind_of(file: IO[bytes]) -> str:
    """The MIME type, `application/octet-stream` where nothing safe can be said. Leaves the file at its beginning."""
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    for start, kind in HEADS:
        if head.startswith(start):
            return kind
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[4:8] == b"ftyp" and head[8:12] in {b"heic", b"heix", b"mif1", b"hevc"}:
        return "image/heic"
    if head.startswith(b"PK\x03\x04"):
        return _inside_zip(file)
    return "text/plain" if _is_text(head) else UNKNOWN


def _inside_zip(file: IO[bytes]) -> str:
    """Only the table of contents is read, and only a short one; nothing is unpacked."""
    try:
        with zips.opened(file) as archive:
            names = archive.namelist()
    except zips.TooManyParts:
        return ZIP
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return UNKNOWN
    for prefix, kind in OFFICE:
        if "[Content_Types].xml" in names and any(name.startswith(prefix) for name in names):
            return kind
    return ZIP


def _is_text(head: bytes) -> bool:
    """Pages and drawings (HTML, SVG, XML) are text as well: a browser shows none of it."""
    if b"\x00" in head:
        return False
    for encoding in ("utf-8", "cp932"):
        try:
            head[:-4].decode(encoding) if len(head) == HEAD else head.decode(encoding)
        except UnicodeDecodeError as error:
            if len(head) == HEAD and error.start >= HEAD - 8:
                return True
            continue
        return True
    return False
