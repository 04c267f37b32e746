"""A list is taken out: only what the person may see and take, in three encodings and Excel, without live formulas."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from daifuku.customers.models import Account
from daifuku.foundation.errors import Forbidden
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.records import actions
from daifuku.transfers.actions.exporting import write
from daifuku.transfers.exporting.wish import Wish
from daifuku.transfers.tests.files import bytes_file
from daifuku.transfers.tests.test_import import counts

if TYPE_CHECKING:
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
NASTY = ["=1+1", "+1*2", "-1x", "@SUM(1)", "\t=1", "＝1+1", ";=1", "'=1", "-5", "普通の文"]


def exported(wish: Wish, by: Person) -> bytes:
    out = io.BytesIO()
    write(wish, out, by=by)
    return out.getvalue()


def table(data: bytes, encoding: str = "utf-8-sig") -> list[list[str]]:
    import csv

    return list(csv.reader(io.StringIO(data.decode(encoding), newline="")))


@pytest.mark.parametrize("kind", ["account", "contact", "lead", "talk"])
@pytest.mark.parametrize("again", [False, True])
def test_a_file_asks_as_often_for_one_row_as_for_many(
    cast: Cast, kind: str, again: bool, django_assert_num_queries: Any
) -> None:
    wish = Wish(kind, form="csv", columns="all", again=again)
    for number in range(3):
        firm = actions.create("account", {"name": f"会社{number}"}, by=cast.mizuno)
        actions.create("contact", {"family_name": f"田中{number}", "account": firm.uid}, by=cast.mizuno)
        actions.create("lead", {"company": f"商店{number}", "family_name": "鈴木"}, by=cast.mizuno)
        talk = {"account": firm.uid, "method": "phone", "content": "other", "text": "用件"}
        actions.create("talk", talk, by=cast.mizuno)
        if number == 0:
            exported(wish, cast.mizuno)
            with CaptureQueriesContext(connection) as once:
                exported(wish, cast.mizuno)
    with django_assert_num_queries(len(once)):
        assert len(table(exported(wish, cast.mizuno))) == 4


def test_formulas_are_harmless_in_csv_and_text_in_excel_and_numbers_stay_numbers(cast: Cast) -> None:
    for text in NASTY:
        actions.create("account", {"name": f"A{text}", "note": text, "annual_sales": -5}, by=cast.mizuno)
    rows = table(exported(Wish("account", form="csv", columns="all"), cast.mizuno))
    note, sales = rows[0].index("備考"), rows[0].index("売上高・年商")
    for row in rows[1:]:
        assert row[sales] == "-5"
        assert row[note][:1] not in {"=", "+", "@", "\t", "＝", ";"}
    data = exported(Wish("account", form="xlsx", columns="all"), cast.mizuno)
    sheet = list(CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).iter_rows())
    notes = {row[note] for row in sheet[1:]}
    assert "=1+1" in notes
    assert {row[sales] for row in sheet[1:]} == {-5}
    import zipfile

    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(data)).read("xl/worksheets/sheet1.xml")


def test_only_what_the_person_may_take_out_and_no_hidden_field(cast: Cast) -> None:
    actions.create("account", {"name": "青山の客", "annual_sales": 1}, by=cast.aoyama)
    actions.create("account", {"name": "千田の客"}, by=cast.senda)
    actions.create("account", {"name": "秘密", "privacy": "private"}, by=cast.senda)
    role = cast.aoyama.roles.get()
    role.field_rules = {"account": {"annual_sales": "hidden"}}
    role.save()
    aoyama = type(cast.aoyama).objects.get(pk=cast.aoyama.pk)
    rows = table(exported(Wish("account", form="csv", columns="all"), aoyama))
    assert "売上高・年商" not in rows[0]
    assert [row[0] for row in rows[1:]] == ["青山の客"]
    with pytest.raises(Forbidden):
        exported(Wish("account"), cast.eguchi)


def test_an_invisible_parent_has_no_name_in_the_file(cast: Cast) -> None:
    secret = actions.create("account", {"name": "極秘本社", "privacy": "private"}, by=cast.senda)
    child = actions.create("account", {"name": "支店", "parent": secret}, by=cast.senda)
    actions.edit(child, {"owner": cast.aoyama}, by=cast.senda)
    for again in (False, True):
        data = exported(Wish("account", form="csv", columns="all", again=again), cast.aoyama)
        assert "極秘" not in data.decode("utf-8-sig")
        assert str(secret.uid) not in data.decode("utf-8-sig")


def test_the_list_is_taken_out_as_it_is_filtered_and_sorted(cast: Cast) -> None:
    for name, rank in (("い", "a"), ("あ", "a"), ("う", "b")):
        actions.create("account", {"name": name, "kana": name, "rank": rank}, by=cast.mizuno)
    query = "f.rank=a&sort=-name&cols=name,rank"
    assert table(exported(Wish("account", query=query, form="csv"), cast.mizuno)) == [
        ["会社名", "ランク"], ["い", "A"], ["あ", "A"],
    ]  # fmt: skip


def test_the_page_hands_the_file_over_and_writes_a_line(cast: Cast, client: Client) -> None:
    actions.create("account", {"name": "青葉商事"}, by=cast.mizuno)
    client.force_login(cast.mizuno)
    page = client.get("/accounts/export/?view=all&q=")
    assert "1件" in page.content.decode()
    data = {"query": "view=all", "form": "csv", "encoding": "cp932", "columns": "view", "way": "read"}
    answer = client.post("/accounts/export/", data)
    assert answer.status_code == 200
    assert "青葉商事" in b"".join(answer).decode("cp932")
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    line = Event.objects.get(kind="account.exported")
    assert (line.actor, line.data["rows"], line.data["view"]) == (cast.mizuno, 1, "all")


def test_what_cp932_cannot_say_is_told_before_anything_is_handed_over(cast: Cast, client: Client) -> None:
    actions.create("account", {"name": "𠮷野家🍣〜"}, by=cast.mizuno)
    client.force_login(cast.mizuno)
    data = {"query": "", "form": "csv", "encoding": "cp932", "columns": "view", "way": "read"}
    answer = client.post("/accounts/export/", data)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "🍣" in text
    assert "𠮷" in text
    assert not Event.objects.filter(kind="account.exported").exists()
    answer = client.post("/accounts/export/", data | {"anyway": "1"})
    assert "〓野家〓～" in b"".join(answer).decode("cp932")


@pytest.mark.parametrize("change", [{"form": "ods"}, {"encoding": "latin-1"}, {"columns": "secret"}])
def test_choices_that_there_are_not_are_refused(cast: Cast, client: Client, change: dict[str, str]) -> None:
    client.force_login(cast.mizuno)
    data = {"query": "", "form": "csv", "encoding": "utf-8", "columns": "view", "way": "read"} | change
    assert client.post("/accounts/export/", data).status_code == 422


def test_a_long_list_is_written_in_the_background_for_whoever_asked(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(3):
        actions.create("account", {"name": f"会社{n}"}, by=cast.mizuno)
    monkeypatch.setattr("daifuku.transfers.actions.exporting.count.__kwdefaults__", {"limit": 2})
    client.force_login(cast.mizuno)
    data = {"query": "", "form": "xlsx", "encoding": "utf-8", "columns": "view", "way": "read"}
    answer = client.post("/accounts/export/", data)
    assert answer.status_code == 302
    (job,) = work_off()
    assert (job.state, job.result["rows"]) == ("done", 3)
    assert client.get(answer["Location"]).status_code == 200
    file = client.get(job.result["url"])
    assert b"".join(file).startswith(b"PK")
    assert Event.objects.filter(kind="account.exported").count() == 1
    client.force_login(cast.mori)
    assert client.get(job.result["url"]).status_code == 404


def test_who_may_not_export_gets_no_page(cast: Cast, client: Client) -> None:
    client.force_login(cast.eguchi)
    assert client.get("/accounts/export/").status_code == 403
    assert client.get("/nothing/export/").status_code == 404


def everything(number: int = 0) -> dict[str, Any]:
    return {
        "name": f"株式会社 髙﨑{number}", "kana": "タカサキ", "code": f"00{number}", "level": "branch",
        "status": "active", "rank": "a", "corporate_number": "4000012090001", "invoice_number": "T4000012090001",
        "phone": "03-1234-5678", "fax": "052-123-4567", "email": "a@example.jp", "website": "https://example.jp/a?b=1",
        "postal_code": "460-0001", "prefecture": "愛知県", "city": "名古屋市中区", "street": "三の丸3-1-2",
        "building": "=ビル", "representative": "山田 太郎", "industry": "wholesale", "business_type": "trading",
        "annual_sales": -1234567890, "employees": 12, "products": "一行目\n  二行目", "strengths": "'=1",
        "trade_area": "+東海", "closing_day": "20", "payment_terms": "@翌月", "traded_since": "2019-05-01",
        "note": '"引用",カンマ\n改行',
    }  # fmt: skip


@pytest.mark.parametrize("form", ["csv", "xlsx"])
@pytest.mark.parametrize("again", [True, False])
def test_what_was_taken_out_comes_back_without_a_change(cast: Cast, form: str, again: bool) -> None:
    parent = actions.create("account", {"name": "親", "code": "P"}, by=cast.mizuno)
    values = everything() | {
        "parent": parent,
        "owner": cast.mizuno,
        "team": cast.section,
        "privacy": "private",
    }
    actions.create("account", values, by=cast.mizuno)
    actions.create("account", everything(2), by=cast.mizuno)
    comes_back(cast, Wish("account", form=form, columns="all", again=again), rows=3)


def comes_back(cast: Cast, wish: Wish, rows: int) -> None:
    from daifuku.transfers.actions.checking import check
    from daifuku.transfers.actions.choosing import choose_columns
    from daifuku.transfers.actions.uploading import upload

    data = exported(wish, cast.mizuno)
    imported = upload(bytes_file(data, f"戻り.{wish.form}"), by=cast.mizuno, object_key="account")
    key = "*uid" if wish.again else "code"
    choose_columns(imported, imported.targets, by=cast.mizuno, mode="update", key=key, blanks="clear")
    check(imported, by=cast.mizuno)
    refused = [each["reasons"] for each in imported.differences if each["reasons"]]
    assert counts(imported) == (0, 0, rows, 0), (refused, imported.differences[:3])


CASES = st.sampled_from(["csv", "xlsx"])
TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    name=TEXT,
    note=TEXT,
    products=TEXT,
    number=st.integers(-(10**14), 10**14),
    form=st.sampled_from(["csv", "xlsx"]),
)
def test_any_text_and_number_comes_back_without_a_change(
    cast: Cast, name: str, note: str, products: str, number: int, form: str
) -> None:
    Account.plain.all().delete()
    values = {
        "name": f"社{name}",
        "note": note,
        "products": products,
        "building": name,
        "annual_sales": number,
    }
    actions.create("account", values, by=cast.mizuno)
    comes_back(cast, Wish("account", form=form, columns="all", again=True), rows=1)
