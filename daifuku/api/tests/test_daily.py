"""Daily reports by the API: closed, read, the morning page, what is shared; old reports cut into talks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.api.tests.support import Program, problem, said
from daifuku.daily import days
from daifuku.daily.models import Report, habits
from daifuku.records import actions
from daifuku.transfers.actions.uploading import upload
from daifuku.transfers.tests.files import text_file

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return days.business_day(timezone.now(), habits())


def test_a_day_is_closed_from_its_draft_and_corrected(aoyama: Program, cast: Cast, today: date) -> None:
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.aoyama)
    talk = actions.create(
        "talk", {"account": firm, "method": "phone", "content": "other", "text": "納期"}, by=cast.aoyama
    )
    kept = said(aoyama.ask("PUT", "/daily/draft", {"day": str(today), "remark": "手応え", "version": 0}))
    assert kept["version"] == 1
    stale = aoyama.ask("PUT", "/daily/draft", {"day": str(today), "remark": "別", "version": 0})
    assert stale.status_code == 412
    day = said(aoyama.ask("GET", "/daily/day"))
    assert [item["uid"] for item in day["talks"]] == [str(talk.uid)]
    assert day["state"] == "open"
    report = said(aoyama.post("/daily/close", {"day": str(today), "consult": "値引き"}))
    assert (report["remark"], report["consult"], report["state"]) == ("手応え", "値引き", "closed")
    assert said(aoyama.post(f"/daily-reports/{report['uid']}/reopen", {}))["state"] == "reopened"
    again = said(aoyama.post("/daily/close", {"day": str(today), "remark": "直した"}))
    assert again["remark"] == "直した"
    refused = aoyama.post("/daily/close", {"day": str(today + timedelta(days=2))})
    assert (refused.status_code, problem(refused)["problems"][0]["field"]) == (422, "day")
    assert Report.plain.count() == 1


def test_a_rep_reads_no_morning_page_and_shares_nothing(aoyama: Program) -> None:
    assert aoyama.ask("GET", "/daily/morning").status_code == 404
    assert aoyama.post("/daily/shared", {"remark": "皆さん"}).status_code == 403
    assert said(aoyama.ask("GET", "/daily/unread")) == {"count": 0, "reports": []}
    assert said(aoyama.ask("GET", "/daily/shared")) == {"items": []}


def test_old_reports_are_cut_and_assigned(aoyama: Program, cast: Cast) -> None:
    osaki = Program(cast.osaki)
    firm = actions.create("account", {"name": "青葉商事"}, by=cast.osaki)
    text = '日付,社員,日報\n2024/6/3,青山 凛,"【青葉商事】納期\n■知らない商会\nご挨拶"\n'
    imported = upload(text_file(text), by=cast.osaki, object_key="talk")
    path = f"/imports/{imported.uid}"
    wrong = osaki.ask("PATCH", path, {"constants": {"method": "のろし"}})
    assert problem(wrong)["problems"][0]["field"] == "constants.method"
    filled = {"method": "訪問", "content": "その他"}
    filled = {"method": "訪問", "content": "その他"}
    assert said(osaki.ask("PATCH", path, {"constants": filled}))["constants"] == filled
    split = said(osaki.post(f"{path}/split", {}))
    assert split["split"]["talks"] == 1
    assert [each["heading"] for each in split["split"]["unmatched"]] == ["■知らない商会"]
    done = said(osaki.post(f"{path}/assign", {"heading": "■知らない商会", "account": str(firm.uid)}))
    assert done["split"]["unmatched"] == []
    assert said(osaki.post(f"{path}/check", {}))["counts"]["new"] == 2
