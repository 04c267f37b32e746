"""The panels beside a record, with htmx and without: what one does is seen at once, what one may not is not there."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions import commenting, custom_fields, filing, marking, sharing, tagging
from daifuku.records.models import Attachment, Comment, Share, Tagging
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def account(cast: Cast) -> Any:
    Company.objects.create(name="シャチホコ商事")
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def signed_in(client: Client, person: Any) -> Client:
    client.force_login(person)
    return client


def toast(response: Any) -> dict[str, str]:
    found: dict[str, str] = json.loads(response["HX-Trigger"])["toast"]
    return found


def test_the_page_shows_every_panel(client: Client, cast: Cast, account: Any) -> None:
    commenting.write_comment(account, "@馬場 健 <b>確認</b>ください", by=cast.aoyama)
    tagging.put_tag(account, "重点", by=cast.aoyama)
    filing.add_file(account, SimpleUploadedFile("見積 <1>.txt", b"x"), by=cast.aoyama)
    marking.follow(account, by=cast.osaki)
    sharing.share(account, cast.other, by=cast.aoyama)
    page = signed_in(client, cast.aoyama).get(account.get_absolute_url()).content.decode()
    for text in ("重点", "見積 &lt;1&gt;.txt", "大崎 涼", "関西支店", '<b class="mention">@馬場 健</b>'):
        assert text in page
    assert "<b>確認</b>" not in page


def test_a_comment_is_written_changed_and_removed(client: Client, cast: Cast, account: Any) -> None:
    base = f"{account.get_absolute_url()}comments/"
    signed_in(client, cast.senda)
    response = client.post(base, {"text": "こんにちは"}, headers=HTMX)
    assert "こんにちは" in response.content.decode()
    assert toast(response)["undo"].endswith("/undo/")
    comment = Comment.objects.get()
    form = client.get(f"{base}{comment.uid}/edit/", headers=HTMX)
    assert "こんにちは" in form.content.decode()
    response = client.post(f"{base}{comment.uid}/edit/", {"text": "こんばんは", "version": "1"}, headers=HTMX)
    assert "こんばんは" in response.content.decode()
    response = client.post(f"{base}{comment.uid}/remove/", headers=HTMX)
    assert "こんばんは" not in response.content.decode()


def test_without_script_one_comes_back_to_the_record(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    response = client.post(f"{account.get_absolute_url()}comments/", {"text": "こんにちは"}, follow=True)
    page = response.content.decode()
    assert "こんにちは" in page
    assert "元に戻す" in page
    edit = client.get(f"{account.get_absolute_url()}comments/{Comment.objects.get().uid}/edit/")
    assert edit.status_code == 200


def test_an_empty_comment_keeps_the_page_and_says_why(client: Client, cast: Cast, account: Any) -> None:
    response = signed_in(client, cast.aoyama).post(
        f"{account.get_absolute_url()}comments/", {"text": " "}, headers=HTMX
    )
    assert response.status_code == 422
    assert "コメントを入力してください" in response.content.decode()


def test_tags_are_put_and_removed(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    response = client.post(f"{account.get_absolute_url()}tags/", {"name": "重点"}, headers=HTMX)
    assert "重点" in response.content.decode()
    tag = Tagging.objects.get().tag
    client.post(f"{account.get_absolute_url()}tags/{tag.pk}/remove/", headers=HTMX)
    assert not Tagging.objects.exists()
    response = client.post(f"{account.get_absolute_url()}tags/", {"name": ""}, headers=HTMX)
    assert response.status_code == 422


def test_a_note_offers_to_undo_only_what_was_done_just_now(client: Client, cast: Cast, account: Any) -> None:
    base = account.get_absolute_url()
    tagging.put_tag(account, "重点", by=cast.aoyama)
    sharing.share(account, cast.senda, by=cast.aoyama)
    comment = commenting.write_comment(account, "こんにちは", by=cast.aoyama)
    signed_in(client, cast.aoyama)
    for address, form in (
        ("tags/", {"name": "重点"}),
        ("share/", {"guest": f"person:{cast.senda.pk}"}),
        (f"comments/{comment.uid}/edit/", {"text": "こんにちは", "version": "1"}),
    ):
        assert "undo" not in toast(client.post(f"{base}{address}", form, headers=HTMX))
    response = client.post(f"{base}tags/", {"name": "新規"}, headers=HTMX)
    assert f"/{Event.objects.get(kind='tag.put', data__name='新規').pk}/" in toast(response)["undo"]


def test_files_are_added_and_sent_so_that_they_run_nothing(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    sent = [
        SimpleUploadedFile(
            "図面.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"
        ),
        SimpleUploadedFile('a";b\r\nX: y.html', b"<script>alert(1)</script>", "text/html"),
        SimpleUploadedFile("a.pdf", b"%PDF-1.7 ...", "application/pdf"),
    ]
    client.post(f"{account.get_absolute_url()}files/", {"file": sent}, headers=HTMX)
    assert Attachment.objects.count() == 3
    for attachment in Attachment.objects.all():
        address = f"{account.get_absolute_url()}files/{attachment.uid}/1/?view"
        response = client.get(address)
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in response["Content-Security-Policy"]
        pdf = attachment.name == "a.pdf"
        assert response["Content-Type"] == ("application/pdf" if pdf else "application/octet-stream")
        assert response["Content-Disposition"].startswith("inline" if pdf else "attachment")
        assert ("sandbox" in response["Content-Security-Policy"]) is not pdf
        assert b"".join(response.streaming_content)  # type: ignore[attr-defined]
    named = client.get(f"{account.get_absolute_url()}files/{Attachment.objects.earliest('pk').uid}/1/")
    assert named["Content-Disposition"] == "attachment; filename*=utf-8''%E5%9B%B3%E9%9D%A2.svg"


def test_photographed_pages_are_turned_like_a_book(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    png = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"
    pages = [
        filing.add_file(account, SimpleUploadedFile(f"台帳{n}.png", png + bytes([n])), by=cast.aoyama)
        for n in range(3)
    ]
    base = f"{account.get_absolute_url()}files/"
    shown = [client.get(f"{base}{page.uid}/").content.decode() for page in pages]
    assert all(
        f'<img src="{base}{page.uid}/1/?view"' in text for page, text in zip(pages, shown, strict=True)
    )
    assert f'rel="next" data-hotkey="Control+arrowright" href="{base}{pages[1].uid}/"' in shown[0]
    assert 'rel="prev"' not in shown[0]
    assert f'rel="prev" data-hotkey="Control+arrowleft" href="{base}{pages[0].uid}/"' in shown[1]
    assert 'rel="next"' not in shown[2]
    assert f'href="{base}{pages[0].uid}/"' in client.get(account.get_absolute_url()).content.decode()


def test_versions_and_the_trash_of_files(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    base = f"{account.get_absolute_url()}files/"
    client.post(base, {"file": SimpleUploadedFile("a.txt", b"one")})
    address = f"{base}{Attachment.objects.get().uid}/"
    client.post(f"{address}versions/", {"file": SimpleUploadedFile("b.txt", b"two")})
    assert "b.txt" in client.get(address).content.decode()
    client.post(f"{address}use/1/")
    assert Attachment.objects.get().name == "a.txt"
    client.post(f"{address}trash/", headers=HTMX)
    assert client.get(address).status_code == 404
    assert "a.txt" in client.get(f"{base}trash/").content.decode()
    client.post(f"{address}restore/")
    assert client.get(address).status_code == 200
    assert client.post(base, {}, headers=HTMX).status_code == 422


def test_following_favourite_and_sharing(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    base = account.get_absolute_url()
    client.post(f"{base}follow/", {"on": "1"}, headers=HTMX)
    client.post(f"{base}favourite/", {"on": "1"}, headers=HTMX)
    assert {"follow", "favourite"} <= marking.marks_on(account, cast.aoyama)
    client.post(f"{base}follow/", headers=HTMX)
    assert "follow" not in marking.marks_on(account, cast.aoyama)
    response = client.post(
        f"{base}share/", {"guest": f"person:{cast.senda.pk}", "may_edit": "1"}, headers=HTMX
    )
    assert Share.objects.get().may_edit
    assert "undo" in toast(response)
    client.post(f"{base}unshare/", {"guest": f"person:{cast.senda.pk}"}, headers=HTMX)
    assert not Share.objects.exists()
    assert client.post(f"{base}share/", {"guest": ""}, headers=HTMX).status_code == 422
    for guest in ("person:x", "role:1", "person:99999"):
        assert client.post(f"{base}share/", {"guest": guest}, headers=HTMX).status_code == 404


def test_the_stranger_finds_nothing(client: Client, cast: Cast, account: Any) -> None:
    attachment = filing.add_file(account, SimpleUploadedFile("a.txt", b"one"), by=cast.aoyama)
    comment = commenting.write_comment(account, "A", by=cast.aoyama)
    tag = tagging.put_tag(account, "重点", by=cast.aoyama)
    actions.edit(account, {"privacy": "private"}, by=cast.aoyama)
    signed_in(client, cast.senda)
    base, file = account.get_absolute_url(), f"files/{attachment.uid}/"
    for address in (
        "",
        file,
        f"{file}1/",
        f"{file}1/preview/",
        "files/trash/",
        f"comments/{comment.uid}/edit/",
    ):
        assert client.get(base + address).status_code == 404, address
    posts = (
        "comments/", f"comments/{comment.uid}/edit/", f"comments/{comment.uid}/remove/", "tags/", "follow/",
        f"tags/{tag.pk}/remove/", "favourite/", "share/", "unshare/", "files/", f"{file}versions/", f"{file}use/1/",
        f"{file}trash/", f"{file}restore/", "erase/",
    )  # fmt: skip
    for address in posts:
        assert client.post(base + address, {"text": "x", "name": "x"}).status_code == 404, address
    assert (Comment.objects.count(), Attachment.objects.count(), Tagging.objects.count()) == (1, 1, 1)


def test_who_may_only_read_sees_no_forms_and_is_refused(client: Client, cast: Cast, account: Any) -> None:
    attachment = filing.add_file(account, SimpleUploadedFile("a.txt", b"one"), by=cast.aoyama)
    signed_in(client, cast.eguchi)
    base = account.get_absolute_url()
    page = client.get(base).content.decode()
    assert "タグを追加" not in page
    assert 'type="file"' not in page
    for address in ("tags/", "share/", "files/", f"files/{attachment.uid}/trash/"):
        assert client.post(base + address, {"name": "x"}, headers=HTMX).status_code == 403, address


def test_a_person_is_erased_only_after_the_page_was_read(client: Client, cast: Cast, account: Any) -> None:
    contact = actions.create("contact", {"family_name": "紅林"}, by=cast.aoyama)
    address = f"{contact.get_absolute_url()}erase/"
    assert signed_in(client, cast.aoyama).get(address).status_code == 404
    signed_in(client, cast.mizuno)
    assert "元に戻せません" in client.get(address).content.decode()
    assert client.post(address).status_code == 422
    contact.refresh_from_db()
    assert contact.family_name == "紅林"
    client.post(address, {"sure": "1"})
    contact.refresh_from_db()
    assert contact.family_name == "（消去済み）"


def test_colleagues_are_offered_after_an_at_sign(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    assert "馬場 健" in client.get("/mentionable/", {"q": "馬"}).content.decode()
    assert client.get("/mentionable/", {"q": ""}).content.decode().strip() == ""


def test_a_file_field_offers_the_files_of_the_record_and_links_to_the_chosen_one(
    client: Client, cast: Cast, account: Any
) -> None:
    row = custom_fields.add_field("account", "file", "契約書", by=cast.mizuno, section="契約")
    attachment = filing.add_file(account, SimpleUploadedFile("契約.txt", b"x"), by=cast.aoyama)
    signed_in(client, cast.aoyama)
    base = account.get_absolute_url()
    form = client.get(f"{base}edit/").content.decode()
    assert f'<option value="{attachment.uid}">契約.txt</option>' in form
    actions.edit(account, {row.key: str(attachment.uid)}, by=cast.aoyama)
    page = client.get(base).content.decode()
    assert f'<a href="{base}files/{attachment.uid}/1/">契約.txt</a>' in page
    assert "契約" in page


def test_the_share_form_comes_when_it_is_asked_for(client: Client, cast: Cast, account: Any) -> None:
    signed_in(client, cast.aoyama)
    address = f"{account.get_absolute_url()}share/"
    assert "千田 葵" in client.get(address, headers=HTMX).content.decode()
    assert "<html" in client.get(address).content.decode()
