"""A script in every text, brought in by every door, runs in no page; formulas in no file."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction

from daifuku.customers.models import Account
from daifuku.transfers.tests.files import brought_in
from tests.house.routes import ROWS
from tests.support.routes import routes
from tests.support.scripts import LINK, MARK, SCRIPT, SHORT, Page, plant
from tests.support.world import Place, World

if TYPE_CHECKING:
    from pytest_django import DjangoDbBlocker

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
ROUTES = {route.name: route for route in routes() if route.name in ROWS}
PAGES = [name for name in ROUTES if "o" in ROWS[name].get and name != "records:preview"]
FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "+1+cmd",
    "-1+x",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    ";=1",
    '=HYPERLINK("http://e.jp","x")',
]
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
# A telephone number or an amount may begin with a sign.
NUMBER = re.compile(r"[+-]?[\d,. ()-]+")


@pytest.fixture(scope="module")
def planted(lasting: World, django_db_blocker: DjangoDbBlocker) -> World:
    """The things that the addresses name are now those that carry the script."""
    world = lasting
    with django_db_blocker.unblock():
        account, contact, lead = plant(world)
        for record in (account, contact, lead):
            kind = record.object_key
            words = {"slug": f"{kind}s", "uid": record.uid}
            for name in (kind, f"{kind} field"):
                world.places[name] = Place({**world.places[name].open, **words}, world.places[name].unknown)
        world.places["person"].open["uid"] = world.cast.baba.uid
        world.places["team"].open["pk"] = world.cast.other.pk
    return world


@pytest.mark.parametrize("name", PAGES)
def test_no_page_carries_anything_that_would_run(planted: World, name: str) -> None:
    address = ROUTES[name].address(planted.places[ROWS[name].about].open)
    for headers in ({}, {"HX-Request": "true"}):
        sent = {"q": SCRIPT, "next": LINK, "name": SCRIPT}
        with transaction.atomic():
            answer = planted.client("administrator").get(address, sent, headers=headers)
            transaction.set_rollback(True)
        assert answer.status_code < 500
        if not answer.streaming and answer["Content-Type"].startswith("text/html"):
            assert Page(answer.content.decode()).dangers == [], f"{address} {headers}"


def test_a_page_reader_finds_what_runs() -> None:
    """So that the test above is not green because it is blind."""
    for text in (
        SCRIPT,
        SHORT,
        f'<a href="{LINK}">',
        "<p style=x>",
        "<script>1</script>",
        '<a href=" JavaScript:x">',
    ):
        assert Page(f"<p>{text}").dangers, text
    assert Page('<a href="/x">&lt;img onerror=x&gt;</a><script src="/static/x.js"></script>').dangers == []


def test_the_script_is_shown_where_it_was_written(planted: World) -> None:
    """It was not simply lost on the way: the page shows it as text."""
    account = planted.places["account"].open
    text = planted.client("administrator").get(f"/accounts/{account['uid']}/").content.decode()
    assert text.count(MARK) > 10


def test_the_form_takes_the_script_as_text(planted: World) -> None:
    answer = planted.client("rep").post(
        "/accounts/new/", {"name": SCRIPT, "note": SCRIPT, "representative": SHORT}
    )
    assert answer.status_code == 302, answer.content.decode()[:2000]
    page = planted.client("rep").get(answer["Location"]).content.decode()
    assert Page(page).dangers == []
    refused = planted.client("rep").post(
        "/accounts/new/", {"name": "", "note": SCRIPT, "email": SHORT, "website": LINK}
    )
    assert refused.status_code == 200 or refused.status_code == 422
    assert Page(refused.content.decode()).dangers == []


def test_the_api_takes_the_script_as_text(planted: World) -> None:
    made = planted.api("rep", "POST", "/api/v1/accounts", {"name": SCRIPT, "representative": SHORT})
    assert made.status_code == 201, made.content
    assert made["Content-Type"].startswith("application/json")
    assert json.loads(made.content)["name"] == SCRIPT
    refused = planted.api("rep", "POST", "/api/v1/accounts", {"name": "x", SHORT: SHORT, "email": SHORT})
    assert refused["Content-Type"].startswith("application/problem+json")


def test_the_import_takes_the_script_as_text(planted: World) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["会社名", "代表者", SHORT], [SCRIPT, SHORT, SHORT], ["", SHORT, SHORT]])
    imported = brought_in(out.getvalue(), planted.cast.mizuno)
    assert Account.plain.filter(name=SCRIPT).exists()
    client = planted.client("administrator")
    for part in ("", "columns/", "preview/?column=2&target-2=name", "progress/"):
        answer = client.get(f"/imports/{imported.uid}/{part}")
        if answer["Content-Type"].startswith("text/html"):
            assert Page(answer.content.decode()).dangers == [], part
    assert Page(client.get("/imports/").content.decode()).dangers == []


def test_a_link_that_would_run_is_no_web_site(planted: World) -> None:
    for link in (
        LINK,
        "JaVaScRiPt:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "\tjavascript:x",
        "java\nscript:x",
    ):
        answer = planted.api("rep", "POST", "/api/v1/accounts", {"name": "x", "website": link})
        assert answer.status_code == 422, link


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_formulas_are_text_in_files(world: World, form: str) -> None:
    for number, formula in enumerate(FORMULAS):
        values = {"name": f"{formula} {number}", "representative": formula}
        assert world.api("administrator", "POST", "/api/v1/accounts", values).status_code in {201, 422}, (
            formula
        )
    answer = world.client("administrator").post(
        "/accounts/export/", {"form": form, "columns": "all", "way": "read"}
    )
    assert answer.status_code == 200, answer.content.decode()[:500]
    assert answer["Content-Disposition"].startswith("attachment")
    content = b"".join(answer)
    cells = _cells_of_csv(content) if form == "csv" else _cells_of_workbook(content)
    assert len(cells) > 20
    if form == "csv":
        assert [cell for cell in cells if cell.startswith(STARTS) and not NUMBER.fullmatch(cell)] == []


def _cells_of_csv(content: bytes) -> list[str]:
    return [
        cell
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        for cell in row
        if cell
    ]


def _cells_of_workbook(content: bytes) -> list[str]:
    """Every cell is typed text or a number; there is not one formula in the sheet."""
    import zipfile

    from python_calamine import CalamineWorkbook

    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for name in package.namelist():
            text = package.read(name)
            assert b"<f>" not in text and b"<f " not in text, name
            assert b'Target="http' not in text or name.endswith("_rels/.rels"), name
    rows: list[list[Any]] = (
        CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    )
    return [str(cell) for row in rows for cell in row if cell != ""]
