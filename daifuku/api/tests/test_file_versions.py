"""The versions of a file over HTTP: listed, fetched, added, taken back; and a file taken off that comes back."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.models import AttachmentVersion

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def path(cast: Cast, aoyama: Program) -> str:
    """The address of a file with two versions."""
    account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    files = f"/accounts/{account.uid}/files"
    uid = said(aoyama.send_file(files, b"one", "見積.txt"))["uid"]
    said(aoyama.send_file(f"{files}/{uid}/versions", b"second", "見積（改）.txt"))
    return f"{files}/{uid}"


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content)


def test_all_versions_are_listed_the_newest_first(aoyama: Program, path: str) -> None:
    versions = said(aoyama.get(f"{path}/versions"))["items"]
    assert [(each["number"], each["name"], each["size"], each["current"]) for each in versions] == [
        (2, "見積（改）.txt", 6, True),
        (1, "見積.txt", 3, False),
    ]
    assert versions[0]["by"]["label"] == "青山 凛"


def test_each_version_is_fetched_as_a_download(aoyama: Program, path: str) -> None:
    first = aoyama.get(f"{path}/versions/1")
    assert (content(first), content(aoyama.get(path))) == (b"one", b"second")
    assert first["Content-Disposition"].startswith("attachment;")
    assert "sandbox" in first["Content-Security-Policy"]
    for number in ("3", "0", "-1", "x", "²", "9" * 30):
        assert problem(aoyama.get(f"{path}/versions/{number}"))["status"] == 404, number


def test_an_older_version_comes_back_and_that_is_undone(aoyama: Program, path: str) -> None:
    assert said(aoyama.post(f"{path}/versions/1/use"))["version"] == 1
    assert content(aoyama.get(path)) == b"one"
    assert said(aoyama.post(f"{path}/versions/1/use"))["version"] == 1
    line = Event.objects.filter(kind="file.replaced").latest("pk")
    assert line.data["version"] == 1
    said(aoyama.post(f"/events/{line.pk}/undo"))
    assert content(aoyama.get(path)) == b"second"


def test_the_same_version_sent_again_is_kept_once(aoyama: Program, path: str) -> None:
    first = aoyama.send_file(f"{path}/versions", b"third", Idempotency_Key="v3")
    second = aoyama.send_file(f"{path}/versions", b"third", Idempotency_Key="v3")
    assert (first.status_code, said(first)["version"]) == (201, 3)
    assert (second.content, second["Idempotent-Replayed"]) == (first.content, "true")
    assert AttachmentVersion.objects.count() == 3
    other = aoyama.send_file(f"{path}/versions", b"other", Idempotency_Key="v3")
    assert problem(other)["code"] == "idempotency_key_reused"
    assert problem(aoyama.send_file(f"{path}/versions", b""))["status"] == 422


def test_a_file_that_was_taken_off_is_found_and_comes_back(aoyama: Program, path: str) -> None:
    files, uid = path.rsplit("/", 1)
    assert said(aoyama.get(f"{files}?trashed=true"))["items"] == []
    assert aoyama.delete(path).status_code == 204
    assert said(aoyama.get(files))["items"] == []
    assert [each["uid"] for each in said(aoyama.get(f"{files}?trashed=true"))["items"]] == [uid]
    assert aoyama.get(f"{path}/versions").status_code == 404
    for _time in range(2):
        assert said(aoyama.post(f"{path}/restore"))["version"] == 2
    assert Event.objects.filter(kind="file.restored").count() == 1


def test_who_only_sees_the_record_reads_versions_and_changes_none(senda: Program, path: str) -> None:
    assert len(said(senda.get(f"{path}/versions"))["items"]) == 2
    for answer in (
        senda.post(f"{path}/versions/1/use"),
        senda.send_file(f"{path}/versions", b"x"),
        senda.post(f"{path}/restore"),
    ):
        assert problem(answer)["status"] == 403
    assert AttachmentVersion.objects.count() == 2


def test_versions_on_a_private_record_are_nowhere(aoyama: Program, senda: Program, cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.aoyama)
    public = actions.create("account", {"name": "公開"}, by=cast.senda)
    uid = said(aoyama.send_file(f"/accounts/{secret.uid}/files", b"x"))["uid"]
    for record, file in ((secret.uid, uid), (public.uid, uid), (public.uid, uuid.uuid4())):
        path = f"/accounts/{record}/files/{file}"
        for answer in (
            senda.get(f"{path}/versions"),
            senda.get(f"{path}/versions/1"),
            senda.post(f"{path}/versions/1/use"),
            senda.send_file(f"{path}/versions", b"y"),
            senda.post(f"{path}/restore"),
        ):
            assert problem(answer)["status"] == 404
