"""Files as people bring them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

import rustpy_xlsxwriter
from django.core.files.base import ContentFile, File

from daifuku.staff.models import Person
from daifuku.transfers.actions.checking import check
from daifuku.transfers.actions.choosing import choose_columns
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.jobs import enqueue_import
from daifuku.transfers.models import Import


def text_file(text: str, name: str = "取引先.csv", encoding: str = "utf-8") -> File[bytes]:
    return ContentFile(text.encode(encoding), name=name)


def bytes_file(data: bytes, name: str = "取引先.csv") -> File[bytes]:
    return ContentFile(data, name=name)


def excel_file(rows: Iterable[dict[str, Any]], name: str = "取引先.xlsx") -> File[bytes]:
    out = io.BytesIO()
    rustpy_xlsxwriter.write_worksheet(list(rows), out, sheet_name="一覧")
    return ContentFile(out.getvalue(), name=name)


def uploaded(text: str, by: Person, object_key: str = "account", **options: Any) -> Import:
    """Uploaded with the proposed columns, and these options."""
    imported = upload(text_file(text), by=by, object_key=object_key)
    targets = options.pop("targets", imported.targets)
    return choose_columns(imported, targets, by=by, **options)


def checked(text: str, by: Person, object_key: str = "account", **options: Any) -> Import:
    return check(uploaded(text, by, object_key, **options), by=by)


def brought_in(text: str, by: Person, object_key: str = "account", **options: Any) -> Import:
    """Checked, and done by the worker."""
    from daifuku.jobs.testing import work_off

    imported = checked(text, by, object_key, **options)
    enqueue_import(imported, by=by)
    work_off()
    imported.refresh_from_db()
    return imported
