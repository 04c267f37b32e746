"""A person asks to be forgotten: nothing of him is left in the database's file, on the disk or in the ledger."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.db import connection

from daifuku.customers.models import Contact
from daifuku.foundation.errors import Conflict, Forbidden, NotFound
from daifuku.jobs.testing import work_off
from daifuku.ledger import sealing
from daifuku.ledger.models import Event
from daifuku.records import actions, undoing
from daifuku.records.actions import commenting, custom_fields, erasing, filing, tagging
from daifuku.records.models import Attachment, Comment

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

WORDS = [
    "紅林",
    "ばらもん",
    "バラモン",
    "barab@example.com",
    "090-7777-1234",
    "契約内容の秘密",
    "趣味は釣り",
    "釣り日誌",
]


def somebody(cast: Cast) -> Any:
    field = custom_fields.add_field("contact", "text", "趣味", by=cast.mizuno)
    contact = actions.create(
        "contact",
        {
            "family_name": "紅林", "given_name": "ばらもん", "family_kana": "バラモン", "email": "barab@example.com",
            "mobile": "090-7777-1234", field.key: "趣味は釣り",
        },
        by=cast.aoyama,
    )  # fmt: skip
    actions.edit(contact, {"note": "契約内容の秘密"}, by=cast.aoyama)
    commenting.write_comment(contact, "紅林さんに電話", by=cast.aoyama)
    filing.add_file(contact, ContentFile("契約内容の秘密".encode(), "釣り日誌.txt"), by=cast.aoyama)
    tagging.put_tag(contact, "重点", by=cast.aoyama)
    return contact


@pytest.mark.django_db(transaction=True)
def test_after_the_erasure_no_byte_of_the_person_is_left(cast: Cast) -> None:
    contact = somebody(cast)
    account_field = custom_fields.add_field(
        "account", "record", "紹介者", by=cast.mizuno, options={"target": "contact"}
    )
    actions.create("account", {"name": "青葉商事", account_field.key: str(contact.uid)}, by=cast.aoyama)
    sealing.seal()
    end = sealing.anchor()
    assert left_over() == WORDS
    erasing.erase(contact, by=cast.mizuno)
    work_off()
    assert left_over() == []
    sealing.seal()
    assert sealing.verify(end) == []
    erased = Contact.plain.get()
    assert str(erased) == "（消去済み）"
    assert erased.trashed_at is not None
    assert not Attachment.objects.exists()
    assert not Comment.objects.exists()


def left_over() -> list[str]:
    return left_over_of(WORDS)


def left_over_of(words: list[str]) -> list[str]:
    """Which of the words stand anywhere in the database or among the files."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("pragma wal_checkpoint(truncate)")
            name = str(connection.settings_dict["NAME"])
            data = b"".join(path.read_bytes() for path in Path(name).parent.glob(f"{Path(name).name}*"))
        else:
            data = b"".join(_rows_of(cursor, table) for table in connection.introspection.table_names())
    files = [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    data += b"".join(path.read_bytes() for path in files)
    escaped = {word: word.encode("unicode-escape").replace(b"\\\\", b"\\") for word in words}
    return [word for word in words if word.encode() in data or escaped[word] in data]


def _rows_of(cursor: Any, table: str) -> bytes:
    cursor.execute(f"select coalesce(string_agg(t::text, ' '), '') from {connection.ops.quote_name(table)} t")
    return str(cursor.fetchone()[0]).encode()


@pytest.mark.django_db
def test_only_who_may_erase_erases_and_only_people(cast: Cast) -> None:
    contact = somebody(cast)
    for person in (cast.aoyama, cast.mori, cast.eguchi):
        with pytest.raises(Forbidden):
            erasing.erase(contact, by=person)
    account = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    with pytest.raises(Conflict):
        erasing.erase(account, by=cast.mizuno)
    hidden = actions.create("contact", {"family_name": "千", "privacy": "private"}, by=cast.senda)
    with pytest.raises(NotFound):
        erasing.erase(hidden, by=cast.mizuno)
    assert Contact.plain.get(pk=contact.pk).family_name == "紅林"


@pytest.mark.django_db
def test_what_was_erased_cannot_be_undone(cast: Cast) -> None:
    contact = somebody(cast)
    created = Event.objects.get(kind="contact.created")
    erasing.erase(contact, by=cast.mizuno)
    for event in (Event.objects.get(pk=created.pk), Event.objects.get(kind="contact.erased")):
        with pytest.raises(Conflict):
            undoing.undo(event, by=cast.mizuno)
