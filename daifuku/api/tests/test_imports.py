"""A file brought in over HTTP: sent, mapped, tried, taken in, mended, taken back."""

from __future__ import annotations

import io
import uuid
from typing import TYPE_CHECKING, Any

import pytest
import rustpy_xlsxwriter

from daifuku.api.operations import imports
from daifuku.api.tests.support import Program, problem, said
from daifuku.customers.models import Account
from daifuku.jobs.testing import work_off
from daifuku.ledger.models import Event
from daifuku.transfers.models import Import, RejectedRow

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db
TABLE = "会社名,電話,ランク\n青葉商事,052-123-4567,A\n若葉工業,,Z\n".encode()


def sent(program: Program, data: bytes = TABLE, **more: Any) -> Any:
    answer = program.send_file("/accounts/imports", data, **more)
    assert answer.status_code == 201, answer.content.decode()
    return said(answer)


def test_a_file_is_sent_tried_taken_in_and_taken_back(mizuno: Program) -> None:
    body = sent(mizuno)
    path = f"/imports/{body['uid']}"
    assert body["state"] == "uploaded"
    assert [each["target"] for each in body["columns"]] == ["name", "phone", "rank"]
    assert {"key": "phone", "label": "電話番号"} in body["targets"]
    assert {"key": "name", "label": "会社名"} in body["keys"]
    tried = said(mizuno.post(f"{path}/check"))
    assert (tried["state"], tried["counts"]["new"], tried["counts"]["rejected"]) == ("checked", 1, 1)
    assert tried["differences"][0]["reasons"][0].startswith("ランク: 「Z」")
    assert Account.plain.count() == 0
    begun = said(mizuno.post(f"{path}/start"))
    assert begun["state"] == "running"
    work_off()
    assert said(mizuno.get(f"/jobs/{begun['job']}"))["state"] == "done"
    done = said(mizuno.get(path))
    assert (done["state"], done["counts"]["new"], done["undoable"]) == ("done", 1, True)
    assert Event.objects.get(kind="account.imported").actor == mizuno.person
    assert said(mizuno.post(f"{path}/undo"))["state"] == "undoing"
    work_off()
    assert said(mizuno.get(path))["state"] == "undone"
    assert Account.plain.get().trashed_at is not None


def test_refused_rows_come_back_as_a_file_that_can_be_sent_again(mizuno: Program) -> None:
    path = f"/imports/{sent(mizuno)['uid']}"
    mizuno.post(f"{path}/start")
    work_off()
    answer = mizuno.get(f"{path}/rejected")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert rows.splitlines()[0] == "取り込めなかった理由,元の行,会社名,電話,ランク"
    assert "attachment" in answer["Content-Disposition"]
    again = sent(mizuno, rows.replace(",Z", ",B").encode())
    assert [each["target"] for each in again["columns"]] == ["", "", "name", "phone", "rank"]
    assert problem(mizuno.get(f"{path}/rejected?encoding=x"))["code"] == "invalid"


def test_columns_and_options_are_chosen_and_what_was_read_can_be_sent_back(mizuno: Program) -> None:
    Program(mizuno.person).post("/accounts", {"name": "青葉商事"})
    body = sent(mizuno)
    path = f"/imports/{body['uid']}"
    body["columns"][2]["target"] = ""
    changed = said(mizuno.patch(path, {"columns": body["columns"], "mode": "both"}))
    assert (changed["mode"], changed["key"], changed["columns"][2]["target"]) == ("both", "name", "")
    counts = said(mizuno.post(f"{path}/check"))["counts"]
    assert (counts["new"], counts["updated"], counts["rejected"]) == (1, 1, 0)
    only = said(mizuno.patch(path, {"doubles": "reject"}))
    assert (only["mode"], only["doubles"], only["state"]) == ("both", "reject", "uploaded")


def test_another_sheet_and_heading_line_are_read_anew(mizuno: Program) -> None:
    out = io.BytesIO()
    rows = [{"一覧表": "会社名", " ": "電話"}, {"一覧表": "青葉商事", " ": "052-123-4567"}]
    rustpy_xlsxwriter.write_worksheet(rows, out, sheet_name="得意先")
    body = sent(mizuno, out.getvalue(), name="a.xlsx")
    changed = said(mizuno.patch(f"/imports/{body['uid']}", {"header_line": 2, "sheet": "得意先"}))
    assert [each["heading"] for each in changed["columns"]] == ["会社名", "電話"]
    assert changed["rows"] == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"columns": [{"target": "name"}, {"target": "evil"}, {"target": ""}]}, "columns.1"),
        ({"columns": [{"target": "name"}]}, "columns"),
        ({"mode": "steal"}, "mode"),
        ({"mode": "update", "key": "employees"}, "key"),
        ({"x": 1}, "x"),
    ],
)
def test_a_wrong_choice_is_refused_by_its_name(mizuno: Program, change: Any, field: str) -> None:
    answer = mizuno.patch(f"/imports/{sent(mizuno)['uid']}", change)
    assert answer.status_code == 422
    assert [each["field"] for each in problem(answer)["problems"]] == [field]


def test_what_was_begun_is_neither_changed_nor_begun_again(mizuno: Program) -> None:
    path = f"/imports/{sent(mizuno)['uid']}"
    said(mizuno.post(f"{path}/start"))
    for answer in (
        mizuno.patch(path, {"mode": "both"}),
        mizuno.post(f"{path}/start"),
        mizuno.post(f"{path}/check"),
    ):
        assert (answer.status_code, problem(answer)["code"]) == (409, "already_begun")
    assert problem(mizuno.post(f"{path}/undo"))["code"] == "cannot_undo"


def test_each_step_with_the_same_key_is_done_once(mizuno: Program) -> None:
    first, second = (mizuno.send_file("/accounts/imports", TABLE, Idempotency_Key="a") for _each in range(2))
    assert first.content == second.content
    assert second["Idempotent-Replayed"] == "true"
    assert Import.objects.count() == 1
    assert problem(mizuno.send_file("/accounts/imports", b"x,y\n1,2\n", Idempotency_Key="a"))["status"] == 422
    path = f"/imports/{said(first)['uid']}"
    for step in ("check", "start"):
        answers = [mizuno.post(f"{path}/{step}", Idempotency_Key=step) for _each in range(2)]
        assert said(answers[0]) == said(answers[1]), step
    assert len(work_off()) == 1


def test_a_long_file_is_tried_in_the_background(mizuno: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "CHECKED_AT_ONCE", 1)
    path = f"/imports/{sent(mizuno)['uid']}"
    begun = said(mizuno.post(f"{path}/check"))
    assert (begun["state"], bool(begun["job"])) == ("checking", True)
    work_off()
    assert said(mizuno.get(path))["counts"]["new"] == 1


def test_files_that_are_no_tables_are_refused(mizuno: Program) -> None:
    for data in (b"", b"\x7fELF\x00\x01", b"GIF89a", "会社名,電話\n".encode()):
        answer = mizuno.send_file("/accounts/imports", data)
        assert (answer.status_code, problem(answer)["field"]) == (422, "file"), data
    assert problem(mizuno.post("/accounts/imports", {"file": "x"}))["status"] in {415, 422}
    assert Import.objects.count() == 0


def test_without_the_right_to_import_nothing_is_taken_in(aoyama: Program, mizuno: Program) -> None:
    """青山's role does not import; that there are imports of others he is not told."""
    assert problem(aoyama.send_file("/accounts/imports", TABLE))["status"] == 403
    assert problem(aoyama.get("/imports"))["status"] == 403
    path = f"/imports/{sent(mizuno)['uid']}"
    for method, step in (("GET", ""), ("PATCH", ""), ("POST", "/check"), ("POST", "/start"), ("POST", "/undo"),
                         ("GET", "/rejected")):  # fmt: skip
        real, none = (aoyama.ask(method, f"{each}{step}", {}) for each in (path, f"/imports/{uuid.uuid4()}"))
        assert (real.status_code, real.content) == (404, none.content), step


def test_the_list_shows_ones_own_newest_first_page_by_page(mizuno: Program, cast: Cast) -> None:
    """大崎's role imports too, but only he sees his own."""
    made = [sent(mizuno)["uid"] for _each in range(3)]
    osaki = Program(cast.osaki)
    theirs = sent(osaki)["uid"]
    page = said(mizuno.get("/imports?size=2"))
    assert [each["uid"] for each in page["items"]] == [theirs, made[2]]
    rest = said(mizuno.get(f"/imports?size=2&before={page['next']}"))
    assert [each["uid"] for each in rest["items"]] == [made[1], made[0]]
    assert rest["next"] is None
    assert [each["uid"] for each in said(osaki.get("/imports"))["items"]] == [theirs]
    assert RejectedRow.objects.count() == 0


def test_the_preview_is_told_to_nobody_but_whose_import_it_is(mizuno: Program, cast: Cast) -> None:
    osaki = Program(cast.osaki)
    path = f"/imports/{sent(osaki)['uid']}"
    assert said(osaki.post(f"{path}/check"))["differences"]
    theirs = said(mizuno.get(path))
    assert (theirs["counts"]["new"], theirs["differences"]) == (1, [])
    assert said(mizuno.post(f"{path}/check"))["differences"] == []
    assert said(osaki.get(path))["differences"] == []


def test_work_that_is_waiting_is_seen_ended_and_not_ended_twice(mizuno: Program, senda: Program) -> None:
    begun = said(mizuno.post(f"/imports/{sent(mizuno)['uid']}/start"))
    assert said(mizuno.get("/jobs?size=1"))["items"][0]["uid"] == begun["job"]
    assert said(senda.get("/jobs"))["items"] == []
    path = f"/jobs/{begun['job']}"
    assert problem(senda.post(f"{path}/cancel"))["status"] == 404
    assert problem(mizuno.post(f"{path}/retry"))["code"] == "job_has_not_failed"
    assert said(mizuno.post(f"{path}/cancel"))["state"] == "cancelled"
    assert problem(mizuno.post(f"{path}/cancel"))["code"] == "job_is_over"
