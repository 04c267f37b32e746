"""Comments and files of a record over HTTP."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daifuku.api.tests.support import Program, problem, said
from daifuku.records import actions
from daifuku.records.models import Attachment, Comment

if TYPE_CHECKING:
    from django.http import HttpResponse

    from daifuku.customers.models import Account
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def account(cast: Cast) -> Account:
    made: Account = actions.create("account", {"name": "青葉"}, by=cast.aoyama)
    return made


def upload(program: Program, path: str, data: bytes, name: str = "見積.txt", **headers: str) -> HttpResponse:
    named = {each.replace("_", "-"): value for each, value in headers.items()}
    return program.client.post(  # type: ignore[return-value]
        f"/api/v1{path}", {"file": SimpleUploadedFile(name, data)},
        headers={"Authorization": f"Bearer {program.secret}", **named},
    )  # fmt: skip


def test_a_comment_is_written_changed_and_removed_by_its_author(
    aoyama: Program, senda: Program, account: Account
) -> None:
    path = f"/accounts/{account.uid}/comments"
    written = aoyama.post(path, {"text": "来週訪問します"})
    uid = said(written)["uid"]
    assert (written.status_code, said(written)["author"]["label"]) == (201, "青山 凛")
    assert [each["text"] for each in said(senda.get(path))["items"]] == ["来週訪問します"]
    assert senda.patch(f"{path}/{uid}", {"text": "x"}).status_code == 403
    assert said(aoyama.patch(f"{path}/{uid}", {"text": "今週訪問します"}))["version"] == 2
    assert aoyama.delete(f"{path}/{uid}").status_code == 204
    assert said(aoyama.get(path))["items"] == []
    assert aoyama.patch(f"{path}/{uid}", {"text": "x"}).status_code == 404


def test_one_reacts_and_replies_over_the_api(aoyama: Program, senda: Program, account: Account) -> None:
    path = f"/accounts/{account.uid}/comments"
    uid = said(aoyama.post(path, {"text": "来週訪問します"}))["uid"]
    for _again in range(2):
        (given,) = said(senda.put(f"{path}/{uid}/reactions/thanks", {}))["reactions"]
        assert (given["count"], given["people"][0]["label"], given["label"]) == (1, "千田 葵", "ありがとう")
    assert senda.put(f"{path}/{uid}/reactions/bad", {}).status_code == 422
    reply = said(senda.post(path, {"text": "承知しました", "quotes": uid}))
    assert (reply["quotes"]["uid"], reply["quotes"]["text"]) == (uid, "来週訪問します")
    assert senda.delete(f"{path}/{uid}/reactions/thanks").status_code == 204
    assert [each["reactions"] for each in said(aoyama.get(path))["items"]] == [[], []]
    assert aoyama.delete(f"{path}/{uid}").status_code == 204
    assert senda.put(f"{path}/{uid}/reactions/thanks", {}).status_code == 404
    (left,) = said(aoyama.get(path))["items"]
    assert (left["quotes"]["text"], left["quotes"]["removed"]) == ("", True)
    assert problem(senda.post(path, {"text": "x", "quotes": uid}))["problems"][0]["field"] == "quotes"


@pytest.mark.parametrize(
    "body", [{}, {"text": ""}, {"text": 1}, {"text": "x", "author": 1}, {"text": "あ" * 5000}]
)
def test_a_comment_that_cannot_be_is_refused(aoyama: Program, account: Account, body: dict[str, Any]) -> None:
    refused = aoyama.post(f"/accounts/{account.uid}/comments", body)
    assert refused.status_code == 422
    assert problem(refused)["problems"]
    assert not Comment.objects.exists()


def test_a_file_is_hung_on_fetched_and_taken_off(aoyama: Program, account: Account) -> None:
    path = f"/accounts/{account.uid}/files"
    made = upload(aoyama, path, b"hello")
    item = said(made)
    assert (made.status_code, item["name"], item["size"], item["version"]) == (201, "見積.txt", 5, 1)
    assert [each["uid"] for each in said(aoyama.get(path))["items"]] == [item["uid"]]
    fetched: Any = aoyama.get(f"{path}/{item['uid']}")
    assert b"".join(fetched.streaming_content) == b"hello"
    assert fetched["Content-Disposition"].startswith("attachment;")
    assert fetched["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in fetched["Content-Security-Policy"]
    assert aoyama.delete(f"{path}/{item['uid']}").status_code == 204
    assert aoyama.get(f"{path}/{item['uid']}").status_code == 404


def test_a_file_that_runs_in_browsers_is_only_ever_downloaded(aoyama: Program, account: Account) -> None:
    path = f"/accounts/{account.uid}/files"
    item = said(upload(aoyama, path, b"<svg onload=alert(1)>", "evil.svg"))
    fetched = aoyama.get(f"{path}/{item['uid']}")
    assert fetched["Content-Type"] == "application/octet-stream"
    assert fetched["Content-Disposition"].startswith("attachment")


def test_the_same_upload_again_is_kept_once(aoyama: Program, account: Account) -> None:
    path = f"/accounts/{account.uid}/files"
    first = upload(aoyama, path, b"hello", Idempotency_Key="f1")
    second = upload(aoyama, path, b"hello", Idempotency_Key="f1")
    assert (second.status_code, second.content) == (201, first.content)
    assert Attachment.objects.count() == 1
    other = upload(aoyama, path, b"other", Idempotency_Key="f1")
    assert (other.status_code, problem(other)["code"]) == (422, "idempotency_key_reused")


def test_an_upload_that_is_none_is_refused(aoyama: Program, account: Account) -> None:
    path = f"/accounts/{account.uid}/files"
    assert aoyama.post(path, {"file": "x"}).status_code in {415, 422}
    assert upload(aoyama, path, b"").status_code == 422
    broken = aoyama.ask("POST", path, b"--x\r\nnonsense", kind="multipart/form-data; boundary=")
    assert broken.status_code in {400, 422}
    assert problem(broken)["detail"]
    assert not Attachment.objects.exists()


def test_a_tag_is_put_on_and_taken_off(aoyama: Program, senda: Program, account: Account) -> None:
    path = f"/accounts/{account.uid}/tags"
    for _time in range(2):
        tags = said(aoyama.put(f"{path}/{quote('重要')}"))
        assert [tag["name"] for tag in tags["items"]] == ["重要"]
    assert senda.put(f"{path}/x").status_code == 403
    assert aoyama.put(f"{path}/{'a' * 41}").status_code == 422
    assert said(aoyama.delete(f"{path}/{quote('重要')}"))["items"] == []
    assert said(aoyama.delete(f"{path}/{quote('重要')}"))["items"] == []


def test_strangers_see_neither_comments_nor_files(senda: Program, aoyama: Program, cast: Cast) -> None:
    secret = actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.aoyama)
    comment = said(aoyama.post(f"/accounts/{secret.uid}/comments", {"text": "秘"}))
    file = said(upload(aoyama, f"/accounts/{secret.uid}/files", b"x"))
    open_account = actions.create("account", {"name": "公開"}, by=cast.senda)
    for answer in (
        senda.get(f"/accounts/{secret.uid}/comments"),
        senda.post(f"/accounts/{secret.uid}/comments", {"text": "x"}),
        senda.delete(f"/accounts/{secret.uid}/comments/{comment['uid']}"),
        senda.get(f"/accounts/{secret.uid}/files"),
        upload(senda, f"/accounts/{secret.uid}/files", b"y"),
        senda.get(f"/accounts/{secret.uid}/files/{file['uid']}"),
        senda.get(f"/accounts/{open_account.uid}/files/{file['uid']}"),
        senda.delete(f"/accounts/{open_account.uid}/files/{file['uid']}"),
        senda.get(f"/accounts/{open_account.uid}/files/{uuid.uuid4()}"),
    ):
        assert (answer.status_code, problem(answer)["code"]) == (404, "not_found")
    assert (Comment.objects.count(), Attachment.objects.count()) == (1, 1)
