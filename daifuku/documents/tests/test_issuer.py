"""What stands on every paper: set by the administrator, checked, taken back, also by the API."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from PIL import Image

from daifuku.documents.actions import edit_issuer, remove_seal, set_seal
from daifuku.documents.models.issuer import issuer
from daifuku.foundation.errors import Forbidden, Invalid, Stale
from daifuku.ledger.models import Event
from daifuku.records import undoing
from daifuku.staff.models import Company

pytestmark = pytest.mark.django_db
BANK = {
    "bank": "名古屋銀行",
    "branch": "本店",
    "kind": "普通",
    "number": "1234567",
    "holder": "カ）シャチホコショウジ",
}


def picture(side: int = 40, kind: str = "PNG") -> ContentFile:
    drawn = BytesIO()
    Image.new("RGB", (side, side), "red").save(drawn, kind)
    return ContentFile(drawn.getvalue())


def test_it_is_kept_and_taken_back(cast) -> None:
    edit_issuer({"banks": [BANK], "rounding": "half", "fax": "０５２－０００－０００１"}, by=cast.mizuno)
    now = issuer()
    assert (now.banks, now.rounding, now.fax) == ([BANK], "half", "052-000-0001")
    undoing.undo(Event.objects.get(kind="issuer.edited"), by=cast.mizuno)
    assert (issuer().banks, issuer().rounding) == ([], "down")


REFUSED = (
    ({"rounding": "bankers"}, "rounding", "端数"),
    ({"years": "moon"}, "years", "年"),
    ({"banks": [{**BANK, "number": "12-34"}]}, "banks", "半角の数字"),
    ({"banks": [{**BANK, "holder": ""}]}, "banks", "口座名義"),
    ({"banks": [BANK] * 4}, "banks", "3件まで"),
    ({"banks": "x"}, "banks", "振込先"),
    ({"email": "x"}, "email", "メールアドレス"),
    ({"web": "javascript:alert(1)"}, "web", "ウェブサイト"),
    ({"texts": {"nothing": "x"}}, "texts", "書類の種類"),
    ({"seal": "ab/cd/ef"}, "seal", "変更できません"),
    ({"version": 9}, "version", "変更できません"),
)


@pytest.mark.parametrize(("changes", "field", "words"), REFUSED)
def test_what_is_wrong_is_refused_with_a_sentence(cast, changes, field: str, words: str) -> None:
    with pytest.raises(Invalid) as refusal:
        edit_issuer(changes, by=cast.mizuno)
    assert refusal.value.field == field
    assert words in refusal.value.message
    assert issuer().pk is None


def test_only_whoever_keeps_the_settings_may(cast) -> None:
    for verb in (lambda: edit_issuer({"fax": "1"}, by=cast.aoyama), lambda: remove_seal(by=cast.aoyama)):
        with pytest.raises(Forbidden):
            verb()


def test_two_editors_do_not_overwrite_one_another(cast) -> None:
    edit_issuer({"fax": "052-000-0001"}, by=cast.mizuno, version=1)
    with pytest.raises(Stale):
        edit_issuer({"fax": "052-000-0002"}, by=cast.mizuno, version=1)


def test_a_seal_is_a_picture(cast) -> None:
    set_seal(picture(), by=cast.mizuno)
    assert issuer().seal_type == "image/png"
    for wrong in (ContentFile(b"<svg onload=alert(1)>"), ContentFile(b"\x89PNG\r\n\x1a\nxx"), picture(2001)):
        with pytest.raises(Invalid, match="印影"):
            set_seal(wrong, by=cast.mizuno)
    remove_seal(by=cast.mizuno)
    assert issuer().seal == ""


def test_the_page_keeps_what_was_typed(cast, client) -> None:
    Company.objects.update_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    client.force_login(cast.mizuno)
    address = reverse("documents:issuer")
    assert "シャチホコ商事" in client.get(address).content.decode()
    sent = {
        "version": "1",
        "rounding": "down",
        "years": "calendar",
        "bank_0_bank": "名古屋銀行",
        "bank_0_kind": "普通",
    }
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "名古屋銀行" in refused.content.decode()
    assert "口座名義を入力してください" in refused.content.decode()
    done = client.post(address, {**sent, "bank_0_number": "1234567", "bank_0_holder": "カ）シャチホコ"})
    assert done.status_code == 302
    assert issuer().banks[0]["number"] == "1234567"


def test_the_seal_is_put_by_the_page(cast, client) -> None:
    client.force_login(cast.mizuno)
    sent = picture()
    sent.name = "seal.png"
    client.post(reverse("documents:change_seal"), {"seal": sent})
    shown = client.get(reverse("documents:seal"))
    assert shown["Content-Type"] == "image/png"
    client.post(reverse("documents:change_seal"), {"do": "remove"})
    assert client.get(reverse("documents:seal")).status_code == 404
