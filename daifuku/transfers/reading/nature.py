"""What a file really is, told by its content and not by its name."""

from __future__ import annotations

from typing import BinaryIO

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from daifuku.transfers.notes.enex import is_enex
from daifuku.transfers.reading.refused import refused
from daifuku.transfers.reading.unpacking import check_workbook
from daifuku.transfers.reading.vcard import is_card
from daifuku.transfers.reading.weighing import weigh

TEXT, CARDS, XLSX, XLS, ENEX = "text", "vcard", "xlsx", "xls", "enex"
HEAD = 65_536
KNOWN_STRANGERS = {
    b"\x89PNG": _("画像（PNG）"),
    b"\xff\xd8\xff": _("画像（JPEG）"),
    b"GIF8": _("画像（GIF）"),
    b"BM": _("画像（BMP）"),
    b"%PDF": _("PDF"),
    b"\x1f\x8b": _("圧縮ファイル（gzip）"),
    b"Rar!": _("圧縮ファイル（RAR）"),
    b"7z\xbc\xaf": _("圧縮ファイル（7z）"),
    b"MZ": _("プログラム"),
    b"\x7fELF": _("プログラム"),
    b"SQLite format 3": _("データベース"),
}
OLE, ZIP = b"\xd0\xcf\x11\xe0", b"PK"
BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff")


def nature_of(file: BinaryIO, size: int) -> str:
    """`text`, `vcard`, `xlsx`, `xls`, or `enex` for notes. Raises Invalid for everything that is no table."""
    if size == 0:
        raise refused(_("ファイルが空（0バイト）です。中身のあるファイルを選んでください。"), "empty")
    if size > settings.UPLOAD_LIMIT:
        raise refused(
            _("ファイルが大きすぎます（上限 %(limit)s MB）。いくつかに分けて取り込んでください。")
            % {"limit": settings.UPLOAD_LIMIT // 1024 // 1024},
            "too_large",
        )
    file.seek(0)
    head = file.read(HEAD)
    file.seek(0)
    if head.startswith(ZIP):
        check_workbook(file)
        weigh(file)
        return XLSX
    if head.startswith(OLE):
        weigh(file)
        return XLS
    for mark, what in KNOWN_STRANGERS.items():
        if head.startswith(mark) and not _reads_as_text(head):
            raise _not_a_table(what)
    if not _reads_as_text(head):
        raise _not_a_table(_("表ではないファイル"))
    if is_enex(head):
        return ENEX
    return CARDS if is_card(head) else TEXT


def _reads_as_text(head: bytes) -> bool:
    """Text has hardly any control characters; a stray NUL in a cell is still text."""
    if head.startswith(BYTE_ORDER_MARKS):
        return True
    strange = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head)
    return strange * 50 < len(head) or strange <= 3 < len(head)


def _not_a_table(what: object) -> Exception:
    return refused(
        _("これは%(what)sです。CSV、Excel（.xlsx、.xls）、vCard（.vcf）のどれかを選んでください。")
        % {"what": what},
        "not_a_table",
    )
