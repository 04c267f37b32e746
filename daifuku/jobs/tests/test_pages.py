"""The pages of background work: one's own, for auditors everybody's; the rest is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from daifuku.foundation.errors import Conflict
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.jobs.testing import work_off

if TYPE_CHECKING:
    from django.test import Client

    from daifuku.jobs.running import Running
    from daifuku.jobs.tests.conftest import Handle
    from daifuku.staff.models import Person
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def walk(handle: Handle) -> None:
    def run(running: Running) -> None:
        if running.payload.get("refuse"):
            raise Conflict("名簿が空です。")
        running.expect(3)
        running.advance(3)
        running.result["url"] = running.payload.get("url", "/accounts/")

    handle("walk", run, undo_url=lambda job: "/undo/7/")


def put(by: Person | None, title: str = "歩く", **payload: object) -> Job:
    return queue.enqueue("walk", dict(payload), by=by, title=title)


def test_the_list_shows_ones_own_and_auditors_everybodys(client: Client, cast: Cast) -> None:
    for person, title in ((cast.aoyama, "青山の<取り込み>"), (cast.baba, "馬場の変更"), (None, "夜の検証")):
        put(person, title)
    client.force_login(cast.aoyama)
    page = client.get("/jobs/").content.decode()
    assert "青山の&lt;取り込み&gt;" in page
    assert "馬場の変更" not in page
    client.force_login(cast.mori)
    page = client.get("/jobs/").content.decode()
    assert all(title in page for title in ("青山の", "馬場の変更", "夜の検証"))


def test_an_empty_list_teaches(client: Client, cast: Cast) -> None:
    client.force_login(cast.aoyama)
    assert "時間のかかる処理" in client.get("/jobs/").content.decode()


def test_a_job_under_way_asks_for_news_and_a_finished_one_no_longer(client: Client, cast: Cast) -> None:
    job = put(cast.aoyama)
    client.force_login(cast.aoyama)
    address = f"/jobs/{job.uid}/"
    assert f'hx-get="{address}progress/"' in client.get(address).content.decode()
    work_off()
    fragment = client.get(f"{address}progress/").content.decode()
    assert "hx-get" not in fragment
    assert "<html" not in fragment
    assert "3件中3件" in fragment
    assert 'href="/accounts/"' in fragment
    assert 'action="/undo/7/"' in fragment


def test_a_result_leads_nowhere_outside(client: Client, cast: Cast) -> None:
    job = put(cast.aoyama, url="//evil.example/")
    work_off()
    client.force_login(cast.aoyama)
    assert "evil.example" not in client.get(f"/jobs/{job.uid}/").content.decode()


def test_a_refusal_is_shown_and_can_be_tried_again(client: Client, cast: Cast) -> None:
    job = put(cast.aoyama, refuse=True)
    work_off()
    client.force_login(cast.aoyama)
    assert "名簿が空です。" in client.get(f"/jobs/{job.uid}/").content.decode()
    client.post(f"/jobs/{job.uid}/retry/")
    assert Job.objects.get().state == "waiting"


def test_a_waiting_job_can_be_cancelled(client: Client, cast: Cast) -> None:
    job = put(cast.aoyama)
    client.force_login(cast.aoyama)
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 302
    assert Job.objects.get().state == "cancelled"
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 409


def test_only_what_looks_whether_it_should_stop_offers_it_while_it_runs(
    client: Client, cast: Cast, handle: Handle
) -> None:
    handle("look", lambda running: None, cancellable=True)
    client.force_login(cast.aoyama)
    for kind, offered in (("walk", False), ("look", True)):
        job = queue.enqueue(kind, {}, by=cast.aoyama, title=kind)
        address = f"/jobs/{job.uid}/"
        assert "中止する" in client.get(address).content.decode()
        queue.claim()
        assert ("中止する" in client.get(address).content.decode()) is offered
        assert client.post(f"{address}cancel/").status_code == (302 if offered else 409)


def test_the_job_of_somebody_else_is_not_there(client: Client, cast: Cast) -> None:
    job = put(cast.baba)
    client.force_login(cast.aoyama)
    for path in ("", "progress/"):
        assert client.get(f"/jobs/{job.uid}/{path}").status_code == 404
    for path in ("cancel/", "retry/"):
        assert client.post(f"/jobs/{job.uid}/{path}").status_code == 404
    assert client.get(f"/jobs/{uuid4()}/").status_code == 404
    assert Job.objects.get().state == "waiting"


def test_an_auditor_looks_and_does_not_touch(client: Client, cast: Cast) -> None:
    job = put(cast.baba)
    client.force_login(cast.mori)
    assert client.get(f"/jobs/{job.uid}/").status_code == 200
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 404
    client.force_login(cast.mizuno)
    assert client.post(f"/jobs/{job.uid}/cancel/").status_code == 302
