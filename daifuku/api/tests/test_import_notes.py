"""Notes of Evernote brought in over HTTP: sent, given to records, taken in, the rest later, taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api.tests.support import Program, problem, said
from daifuku.jobs.testing import work_off
from daifuku.records import actions
from daifuku.records.actions import commenting, tagging
from daifuku.transfers.tests.enex_files import SAMPLE

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_notes_are_sent_given_to_records_and_taken_back(mizuno: Program, cast: Cast) -> None:
    aoba = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.mizuno)
    body = said(mizuno.send_file("/accounts/imports", SAMPLE.read_bytes()))
    assert (body["form"], body["state"], body["rows"], body["columns"]) == ("enex", "checked", 4, [])
    path = f"/imports/{body['uid']}"
    notes = said(mizuno.get(f"{path}/notes"))
    assert [each["state"] for each in notes["items"]] == ["waiting", "aside", "waiting", "aside"]
    assert notes["items"][0]["record"]["label"] == "株式会社青葉商事"
    assert said(mizuno.get(f"{path}/notes?size=2"))["next"] == 2
    change = {"notes": [2, 3], "object": "account", "uid": str(aoba.uid), "with_tags": True}
    assert said(mizuno.patch(f"{path}/notes", change))["items"][0]["state"] == "waiting"
    said(mizuno.patch(f"{path}/notes", {"notes": [3]}))
    begun = said(mizuno.post(f"{path}/start"))
    assert begun["state"] == "running"
    assert problem(mizuno.patch(f"{path}/notes", {"notes": [4]}))["status"] == 409
    work_off()
    assert said(mizuno.get(path))["counts"]["new"] == 2
    assert commenting.comments_on(aoba).count() == 2
    assert tagging.tags_of(aoba).count() == 2
    said(mizuno.patch(f"{path}/notes", {"notes": [3, 4], "object": "account", "uid": str(aoba.uid)}))
    said(mizuno.post(f"{path}/start", {}))
    work_off()
    assert commenting.comments_on(aoba).count() == 4
    said(mizuno.post(f"{path}/undo"))
    work_off()
    assert said(mizuno.get(path))["state"] == "undone"
    assert not commenting.comments_on(aoba).exists()


def test_notes_have_no_columns_and_records_no_strangers(mizuno: Program, cast: Cast) -> None:
    osaki = Program(cast.osaki)
    hidden = actions.create("account", {"name": "緑商店", "privacy": "private"}, by=cast.mizuno)
    path = f"/imports/{said(osaki.send_file('/accounts/imports', SAMPLE.read_bytes()))['uid']}"
    for answer in (osaki.patch(path, {"mode": "create"}), osaki.post(f"{path}/check")):
        assert problem(answer)["status"] == 422
    for change in (
        {"object": "account", "uid": str(hidden.uid)},
        {"object": "account", "uid": "x"},
        {"uid": "x"},
    ):
        assert problem(osaki.patch(f"{path}/notes", {"notes": [1], **change}))["status"] == 404
    assert said(mizuno.get(path))["differences"] == []
    assert problem(mizuno.get(f"{path}/notes"))["status"] == 404
    assert problem(mizuno.post(f"{path}/start"))["status"] == 404


def test_numbers_that_no_note_has_are_passed_over(mizuno: Program, cast: Cast) -> None:
    aoba = actions.create("account", {"name": "株式会社青葉商事"}, by=cast.mizuno)
    path = f"/imports/{said(mizuno.send_file('/accounts/imports', SAMPLE.read_bytes()))['uid']}/notes"
    before = said(mizuno.get(path))["items"]
    for number in (0, -1, 5, 2**31, 2**63, 10**30, -(10**30)):
        said(mizuno.patch(path, {"notes": [number], "object": "account", "uid": str(aoba.uid)}))
    assert said(mizuno.get(path))["items"] == before
