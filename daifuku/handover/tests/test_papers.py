"""引継書 as a PDF: of one customer, of a page, of all in the background; told in the ledger, gone after a week."""

from __future__ import annotations

import io
import zipfile
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone

from daifuku.handover.actions import arrange, print_sheets, printing
from daifuku.handover.models import Handover, Item, Paper
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.records.actions.erasing import erase

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

    Login = Callable[[Person], Client]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def handover(cast: Cast) -> Handover:
    """Three customers of 青山 are 馬場's now."""
    for name in ("青葉商事", "若葉産業"):
        actions.create("account", {"name": name, "prefecture": "愛知県"}, by=cast.aoyama)
    actions.create("lead", {"company": "新規商店", "family_name": "新田"}, by=cast.aoyama)
    values = {"giver": cast.aoyama, "successors": [{"person": cast.baba, "condition": None}]}
    made = arrange(values, by=cast.osaki, today=timezone.localdate())
    work_off()
    return Handover.objects.get(pk=made.pk)


def content(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_the_page_and_one_customer_are_a_pdf(cast: Cast, handover: Handover, login_as: Login) -> None:
    client, item = login_as(cast.baba), Item.objects.first()
    assert item is not None
    for address in (f"{handover.get_absolute_url()}sheets/pdf/", f"{item.get_absolute_url()}pdf/"):
        answer = client.post(address)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
        assert content(answer).startswith(b"%PDF")
        assert "attachment" in answer["Content-Disposition"]
        assert login_as(cast.senda).post(address).status_code == 404
    lines = Event.objects.filter(kind="handover.printed", actor=cast.baba)
    assert [line.data["sheets"] for line in lines.order_by("pk")] == [3, 1]


def test_all_of_them_are_made_in_the_background(
    cast: Cast, handover: Handover, login_as: Login, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "SHEETS_A_PAGE", 2)
    client = login_as(cast.osaki)
    client.post(f"{handover.get_absolute_url()}sheets/all/")
    (job,) = [each for each in work_off() if each.kind == "handover.print"]
    paper = Paper.objects.get()
    assert (job.state, job.done, paper.sheets, paper.name[-4:]) == ("done", 3, 3, ".zip")
    answer = client.get(job.result["url"])
    with zipfile.ZipFile(io.BytesIO(content(answer))) as folder:
        assert folder.namelist() == ["001.pdf", "002.pdf"]
        assert all(folder.read(name).startswith(b"%PDF") for name in folder.namelist())
    assert login_as(cast.baba).get(job.result["url"]).status_code == 404


def made(handover: Handover, by: Person) -> Paper:
    paper = print_sheets(handover, by=by)
    work_off()
    paper.refresh_from_db()
    assert default_storage.exists(paper.file)
    return paper


def test_after_a_week_it_is_gone(cast: Cast, handover: Handover) -> None:
    paper = made(handover, cast.osaki)
    printing.clean()
    assert default_storage.exists(paper.file)
    Paper.objects.update(at=timezone.now() - timedelta(days=8))
    printing.clean()
    assert not Paper.objects.exists()
    assert not default_storage.exists(paper.file)


def test_when_somebody_is_erased_no_paper_tells_of_her(cast: Cast, handover: Handover) -> None:
    paper = made(handover, cast.osaki)
    item = Item.objects.get(object="lead")
    Item.objects.filter(pk=item.pk).update(note="新田さんは電話が苦手")
    erase(item.customer, by=cast.mizuno)
    item.refresh_from_db()
    assert (item.note, Paper.objects.exists(), default_storage.exists(paper.file)) == ("", False, False)
