"""Pictures of cards, and the clerk 栄 としこ with her substitute."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from daifuku.cards.actions.bringing import About, bring
from daifuku.jobs.testing import work_off
from daifuku.staff.models import Person, Role

if TYPE_CHECKING:
    from daifuku.cards.models import Card
    from daifuku.staff.testing import Cast

TYPED = {
    "company": "株式会社みその工業", "department": "購買部", "title": "課長", "family_name": "味園",
    "given_name": "太郎", "family_kana": "ミソノ", "given_kana": "タロウ", "postal_code": "460-0008",
    "prefecture": "愛知県", "city": "名古屋市中区", "street": "栄1-2-3", "phone": "052-123-4567",
    "email": "misono@misono.example.jp", "website": "https://misono.example.jp",
}  # fmt: skip


def picture(word: str = "card", size: tuple[int, int] = (640, 400), kind: str = "JPEG", **how: Any) -> bytes:
    drawn = Image.new("RGB", size, "white")
    ImageDraw.Draw(drawn).text((40, 40), word, fill="black")
    target = io.BytesIO()
    drawn.save(target, kind, **how)
    return target.getvalue()


@pytest.fixture(autouse=True)
def _by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about people; how well a picture is read is measured elsewhere."""
    from daifuku.cards.actions import reading

    monkeypatch.setattr(reading, "_reader", lambda: None)


@pytest.fixture
def toshiko(cast: Cast) -> Person:
    made: Person = Person.objects.create_user(
        "toshiko@example.jp", "misonikomi-udon", family_name="栄", given_name="としこ", substitute=cast.baba
    )
    made.roles.add(Role.objects.get(key="clerk"))
    return made


@pytest.fixture
def card(cast: Cast, toshiko: Person) -> Card:
    """青山's, from an exhibition, looked at by the worker."""
    about = About(occasion="名古屋ものづくり展", note="見積がほしい", owner=cast.aoyama)
    made, _fresh = bring(ContentFile(picture(), "meishi.jpg"), by=cast.aoyama, about=about)
    work_off()
    made.refresh_from_db()
    return made
