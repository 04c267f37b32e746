"""A photograph comes after its talk, and hangs there once however often it is sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daifuku.activities.models import Talk
from daifuku.foundation.uuid7 import uuid7
from daifuku.records import actions
from daifuku.records.actions.filing import files_of

if TYPE_CHECKING:
    from daifuku.phone.tests.conftest import Phone
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def picture(content: bytes = b"\xff\xd8\xff\xe0 a picture") -> SimpleUploadedFile:
    return SimpleUploadedFile("現場.jpg", content, "image/jpeg")


def test_it_hangs_on_its_talk(phone: Phone) -> None:
    entry = phone.entry()
    phone.send(entry, "a")
    assert phone.photo(entry["uid"], picture()).status_code == 201
    assert [each.name for each in files_of(Talk.plain.get())] == ["現場.jpg"]


def test_one_that_comes_twice_hangs_there_once(phone: Phone) -> None:
    entry, uid = phone.entry(), uuid7()
    phone.send(entry, "a")
    answers = [phone.photo(entry["uid"], picture(), uid).status_code for _time in range(2)]
    assert answers == [201, 200]
    assert files_of(Talk.plain.get()).count() == 1


def test_another_one_under_the_same_uid_is_a_conflict(phone: Phone) -> None:
    entry, uid = phone.entry(), uuid7()
    phone.send(entry, "a")
    phone.photo(entry["uid"], picture(), uid)
    answer = phone.photo(entry["uid"], picture(b"\xff\xd8\xff\xe0 quite another picture"), uid)
    assert (answer.status_code, answer.json()["code"]) == (409, "uid_taken")


def test_a_talk_that_one_may_not_see_is_not_there(phone: Phone, cast: Cast) -> None:
    hidden = actions.create("account", {"name": "内緒", "privacy": "private"}, by=cast.senda)
    told = {"account": hidden, "method": "phone", "content": "other", "text": "秘密"}
    theirs = actions.create("talk", told, by=cast.senda)
    assert phone.photo(theirs.uid, picture()).status_code == 404
    assert phone.photo(uuid7(), picture()).status_code == 404


def test_without_a_file_nothing_hangs(phone: Phone) -> None:
    entry = phone.entry()
    phone.send(entry, "a")
    answer = phone.client.post(f"/phone/talks/{entry['uid']}/photos/", {"uid": str(uuid7())})
    assert answer.status_code == 422


def test_it_hangs_on_a_talk_that_was_recorded_for_somebody_of_another_team(phone: Phone, cast: Cast) -> None:
    entry = phone.entry(owner=str(cast.senda.uid))
    firm = actions.create("account", {"name": "千田の客", "owner": cast.senda}, by=cast.senda)
    entry["values"]["account"] = str(firm.uid)
    assert phone.send(entry, "a").status_code == 201
    actions.edit(firm, {"privacy": "private"}, by=cast.senda)
    assert phone.photo(entry["uid"], picture()).status_code == 201
    assert files_of(Talk.plain.get()).count() == 1


def test_nobody_else_hangs_one_there(phone: Phone, cast: Cast) -> None:
    firm = actions.create("account", {"name": "千田の客", "privacy": "private"}, by=cast.senda)
    told = {"account": firm, "method": "phone", "content": "other", "text": "内密の話"}
    talk = actions.create("talk", told, by=cast.senda)
    assert phone.photo(talk.uid, picture()).status_code == 404
