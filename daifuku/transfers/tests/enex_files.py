"""Export files of Evernote, as the program writes them and as nobody should."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from django.core.files.base import ContentFile, File

SAMPLE = Path(__file__).with_name("data") / "evernote.enex"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">\n'
    '<en-export export-date="20261120T010203Z" application="Evernote" version="10.97.1">\n'
)
TAIL = "</en-export>\n"
ENML = (
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE en-note SYSTEM "http://xml.evernote.com/pub/enml2.dtd">'
)


def resource(data: bytes, mime: str, name: str = "", *, coded: str | None = None) -> str:
    coded = coded if coded is not None else base64.encodebytes(data).decode()
    attributes = f"<file-name>{escape(name)}</file-name>" if name else ""
    return (
        f'<resource><data encoding="base64">\n{coded}</data><mime>{mime}</mime>'
        f"<resource-attributes>{attributes}</resource-attributes></resource>\n"
    )


def media(data: bytes, mime: str) -> str:
    return f'<en-media type="{mime}" hash="{hashlib.md5(data, usedforsecurity=False).hexdigest()}"/>'


def note(title: str, body: str = "<div>本文</div>", *, rest: str = "", **options: Any) -> str:
    """`created` is left out where it is None; `tags` and `rest` (resources, tasks) follow."""
    created = options.get("created", "20190401T050607Z")
    tags = "".join(f"<tag>{escape(tag)}</tag>" for tag in options.get("tags", ()))
    dates = f"<created>{created}</created><updated>20190402T000000Z</updated>" if created else ""
    return (
        f"<note><title>{escape(title)}</title>{dates}{tags}"
        f"<note-attributes><author>{options.get('author', '')}</author></note-attributes>"
        f"<content><![CDATA[{ENML}<en-note>{body}</en-note>]]></content>{rest}</note>\n"
    )


def enex(*notes: str) -> bytes:
    return (HEAD + "".join(notes) + TAIL).encode()


def enex_file(*notes: str, name: str = "営業メモ.enex") -> File[bytes]:
    return ContentFile(enex(*notes), name=name)


def sample_file() -> File[bytes]:
    return ContentFile(SAMPLE.read_bytes(), name="営業メモ.enex")
