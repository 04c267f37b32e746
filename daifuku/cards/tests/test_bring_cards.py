"""Cards come in: what is one, once each, and nothing of the camera or a script is kept."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from daifuku.cards.actions import taking
from daifuku.cards.actions.bringing import About, bring
from daifuku.cards.models import Card, Reading, State
from daifuku.cards.tests.conftest import picture
from daifuku.foundation.errors import Conflict, DomainError, Forbidden, Invalid
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
from daifuku.messages.tests.webhooks_support import read_on

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)
VCARD = (
    "BEGIN:VCARD\r\nVERSION:3.0\r\nN:味園;太郎;;;\r\nORG:株式会社みその工業;購買部\r\nTITLE:課長\r\n"
    "TEL;TYPE=WORK,VOICE:052-123-4567\r\nTEL;TYPE=CELL:090-1234-5678\r\nEMAIL:misono@misono.example.jp\r\n"
    "ADR;TYPE=WORK:;;栄1-2-3;名古屋市中区;愛知県;460-0008;日本\r\nEND:VCARD\r\n"
)


def test_a_photograph_is_drawn_anew_without_place_and_camera(cast: Cast) -> None:
    exif = Image.Exif()
    exif[0x010F], exif[0x0112] = "Himitsu Camera", 6
    sent = picture(size=(600, 400), exif=exif)
    card, fresh = bring(ContentFile(sent, "IMG_1.JPG"), by=cast.aoyama, about=About(occasion="展示会"))
    original = card.original
    work_off()
    card.refresh_from_db()
    assert (fresh, card.state, card.reading, card.owner) == (True, State.WAITING, Reading.BLANK, cast.aoyama)
    kept = default_storage.open(card.picture).read()
    with Image.open(io.BytesIO(kept)) as drawn:
        assert (drawn.format, drawn.size, len(drawn.getexif())) == ("JPEG", (400, 600), 0)
    assert b"Himitsu" not in kept
    assert not default_storage.exists(original)
    assert Event.objects.filter(kind="cards.brought", subjects__record_id=card.pk).count() == 1


def test_the_same_picture_is_there_once_and_so_is_a_phones_number(cast: Cast) -> None:
    uid = uuid.uuid4()
    first, _fresh = bring(ContentFile(picture("a")), by=cast.aoyama, uid=uid)
    again, fresh = bring(ContentFile(picture("a")), by=cast.aoyama)
    retried, later = bring(ContentFile(picture("b")), by=cast.aoyama, uid=uid)
    assert (again.pk, fresh, retried.pk, later) == (first.pk, False, first.pk, False)
    with pytest.raises(Conflict):
        bring(ContentFile(picture("c")), by=cast.baba, uid=uid)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空です"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "読めるファイルではありません"),
        (b"MZ\x90\x00\x03" * 20, "読めるファイルではありません"),
        ("ただの文章です。".encode(), "読めるファイルではありません"),
    ],
)  # fmt: skip
def test_what_is_no_card_is_refused_with_a_sentence(cast: Cast, content: bytes, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        bring(ContentFile(content, "card.jpg"), by=cast.aoyama)
    assert not Card.objects.exists()


@pytest.mark.parametrize(
    "content", [picture()[:300], b"\xff\xd8\xff" + b"\x00" * 500, b"%PDF-1.7 /JS (app.alert(1))"]
)
def test_what_cannot_be_opened_waits_with_the_reason(cast: Cast, content: bytes) -> None:
    card, _fresh = bring(ContentFile(content, "card"), by=cast.aoyama)
    work_off()
    card.refresh_from_db()
    assert (card.reading, bool(card.trouble), card.picture) == (Reading.FAILED, True, "")
    assert default_storage.exists(card.original)


def test_fifty_megapixels_are_refused_without_being_opened(cast: Cast) -> None:
    card, _fresh = bring(ContentFile(picture(size=(9000, 5600), kind="PNG")), by=cast.aoyama)
    work_off()
    card.refresh_from_db()
    assert "大きすぎます" in card.trouble


def test_a_vcard_is_taken_exactly(cast: Cast) -> None:
    card, _fresh = bring(ContentFile(VCARD.encode(), "misono.vcf"), by=cast.aoyama)
    work_off()
    card.refresh_from_db()
    said = {key: each["value"] for key, each in card.proposals.items()}
    assert said == {
        "family_name": "味園", "given_name": "太郎", "company": "株式会社みその工業", "department": "購買部",
        "title": "課長", "phone": "052-123-4567", "mobile": "090-1234-5678", "email": "misono@misono.example.jp",
        "postal_code": "460-0008", "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3",
    }  # fmt: skip
    assert all(each["confidence"] == 1.0 for each in card.proposals.values())


def test_two_vcards_in_one_file_are_two_cards(cast: Cast) -> None:
    bring(ContentFile((VCARD + VCARD.replace("太郎", "花子")).encode()), by=cast.aoyama)
    work_off()
    names = [card.proposals["given_name"]["value"] for card in Card.objects.order_by("pk")]
    assert names == ["太郎", "花子"]


def test_who_registers_nobody_brings_no_cards(cast: Cast, login_as: Login) -> None:
    with pytest.raises(Forbidden):
        bring(ContentFile(picture()), by=cast.eguchi)
    assert login_as(cast.eguchi).get("/cards/new/").status_code == 404


def test_the_page_takes_several_at_once_and_names_the_refused_one(cast: Cast, login_as: Login) -> None:
    sent = [ContentFile(picture("a"), "a.jpg"), ContentFile(b"no picture", "b.txt")]
    answer = login_as(cast.aoyama).post("/cards/new/", {"file": sent, "occasion": "展示会", "note": "至急"})
    assert (answer.status_code, "b.txt: 名刺として" in answer.content.decode()) == (422, True)
    card = Card.objects.get()
    assert (card.occasion, card.note, card.brought_by, card.owner) == (
        "展示会",
        "至急",
        cast.aoyama,
        cast.aoyama,
    )


def test_a_script_sends_one_and_is_told_in_json(cast: Cast, login_as: Login) -> None:
    client, uid = login_as(cast.aoyama), str(uuid.uuid4())
    for again in (False, True):
        sent = {
            "file": ContentFile(picture(), "a.jpg"),
            "uid": uid,
            "way": "photo",
            "owner": str(cast.baba.uid),
        }
        told = client.post("/cards/add/", sent).json()
        assert (told["uid"], told["again"]) == (uid, again)
    assert Card.objects.get().owner == cast.baba
    refused = client.post("/cards/add/", {"file": ContentFile(b"x", "a.jpg")})
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")


def test_a_wrong_day_is_told(cast: Cast, login_as: Login) -> None:
    sent = {"file": ContentFile(picture(), "a.jpg"), "exchanged_on": "いつか"}
    assert login_as(cast.aoyama).post("/cards/add/", sent).status_code == 422
    with pytest.raises(DomainError):
        bring(ContentFile(picture()), by=cast.aoyama, about=About(occasion="あ" * 300))


def test_whoever_brought_what_cannot_be_opened_or_was_put_aside_is_told(cast: Cast, toshiko: Person) -> None:
    """Only he can photograph it once more; he waited for a card that lay in somebody else's list."""
    read_on()
    broken, _fresh = bring(ContentFile(picture()[:400], "cut.jpg"), by=cast.aoyama, about=About())
    work_off()
    broken.refresh_from_db()
    assert broken.reading == Reading.FAILED
    blurred, _fresh = bring(ContentFile(picture("BLUR"), "blur.jpg"), by=cast.aoyama, about=About())
    taking.put_aside(blurred, "ぼやけて読めない", by=toshiko)
    read_on()
    told = {notice.sentence for notice in Notice.objects.filter(person=cast.aoyama, kind="cards.sent_back")}
    assert len(told) == 2
    assert any("あなたの送った名刺を開けませんでした。" in each for each in told)
    assert any("保留にしました。理由: ぼやけて読めない" in each for each in told)
    assert not Notice.objects.filter(person=toshiko, kind="cards.sent_back").exists()
