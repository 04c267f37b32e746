"""The pages of a bulk change: what is refused shows again with what was typed and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from daifuku.records import actions, bulk
from daifuku.staff.models import Company, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db


@pytest.fixture
def firm(cast: Cast) -> Any:
    Company.objects.create(name="シャチホコ商事")
    return actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)


def sent(client: Client, firm: Any, do: str, **typed: Any) -> Any:
    return client.post("/accounts/many/", {"do": do, "go": "1", "keys": [str(firm.uid)], **typed})


def test_a_refused_value_stands_again_with_its_tick_and_the_reason(
    cast: Cast, login_as: Login, firm: Any
) -> None:
    typed = {"change": ["email", "note"], "email": "これは違う", "note": "訪問した"}
    answer = sent(login_as(cast.aoyama), firm, "edit", **typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="これは違う"' in page
    assert "訪問した" in page
    assert page.count(' checked aria-label="') == 2
    assert "data-refused" in page
    firm.refresh_from_db()
    assert firm.note == ""


def test_a_refused_tag_stands_again(cast: Cast, login_as: Login, firm: Any) -> None:
    answer = sent(login_as(cast.aoyama), firm, "tag", name="あ" * 41, remove="1")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'value="{"あ" * 41}"' in page
    assert 'value="1" checked' in page


def test_a_refused_person_in_charge_stands_again_with_the_sentence(
    cast: Cast, login_as: Login, firm: Any
) -> None:
    answer = sent(login_as(cast.aoyama), firm, "assign")
    assert (answer.status_code, "新しい営業担当を選んでください" in answer.content.decode()) == (422, True)
    Role.objects.filter(key="rep").update(field_rules={"account": {"owner": "readonly"}})
    answer = sent(login_as(cast.aoyama), firm, "assign", person=str(cast.baba.uid))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'<option value="{cast.baba.uid}" selected>' in page
    assert 'id="person-error"' in page


def test_a_long_change_says_that_it_has_begun_so_that_what_was_typed_is_forgotten(
    cast: Cast, login_as: Login, firm: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "AT_ONCE", 0)
    client = login_as(cast.aoyama)
    answer = sent(client, firm, "edit", change="note", note="訪問した")
    assert 'data-kind="good"' in client.get(answer["Location"]).content.decode()
