"""kill -9 of the worker in the middle of a hand-over, and stopped by hand on the way: it goes on, nothing moves twice,
and all of it is taken back at once, killed on the way as well.

HANDED_CUSTOMERS=5000 plays it with so many customers; what took how long is printed (pytest -s).
"""

from __future__ import annotations

import http.client
import os
import time
from typing import Any

import pytest

from tests.support.firm import found_firm
from tests.support.server import Server

pytestmark = pytest.mark.slow
CUSTOMERS = int(os.environ.get("HANDED_CUSTOMERS", "600"))
BOOK = f"""
from datetime import timedelta
from django.utils import timezone
from daifuku.api.actions import create_token
from daifuku.ledger.channel import through
from daifuku.records.actions import create_many
from daifuku.staff.models import Person
aoyama, mizuno = (Person.objects.get(email=f"{{word}}@example.jp") for word in ("aoyama", "mizuno"))
start = timezone.now() + timedelta(days=3)
with through("command"):
    for at in range(0, {CUSTOMERS}, 200):
        names = [f"引継商事{{number:05}}" for number in range(at, min(at + 200, {CUSTOMERS}))]
        firms = create_many("account", [{{"name": name, "owner": aoyama}} for name in names], by=aoyama)
        create_many("contact", [{{"account": each, "family_name": "新田"}} for each in firms], by=aoyama)
        create_many("task", [{{"account": each, "subject": "見積を送る"}} for each in firms], by=aoyama)
        plans = [{{"account": each, "method": "visit", "started_at": start}} for each in firms[::5]]
        create_many("plan", plans, by=aoyama)
cast = {{word: Person.objects.get(email=f"{{word}}@example.jp") for word in ("aoyama", "baba", "osaki")}}
token = create_token(by=mizuno, name="引き継ぎ", scopes=["write"])[1]
result = {{"token": token, "people": {{word: str(person.uid) for word, person in cast.items()}}}}
"""
LEASE_IS_OVER = """
from django.utils import timezone
from daifuku.jobs.models import Job
result = Job.objects.filter(state="running").update(due_at=timezone.now())
"""
STORED = """
from collections import Counter
from daifuku.activities.models import Plan, Task
from daifuku.customers.models import Account, Contact
from daifuku.handover.models import Handover, Item
from daifuku.ledger.models import Event
from daifuku.messages.models import Notice
handover = Handover.objects.get()
lines = Event.objects.filter(cause=handover.begun, undoes__isnull=True)
rows = {"account": Account, "contact": Contact, "task": Task, "plan": Plan}
firms = dict(Account.plain.values_list("pk", "owner_id"))
owners = {
    key: dict(Counter(str(each.owner) for each in model.plain.select_related("owner"))) for key, model in rows.items()
}
mains = lines.filter(subjects__role="main").values("subjects__object", "subjects__record_id")
result = {
    "state": handover.state, "moved": handover.result["moved"], "kept": len(handover.result.get("kept", [])),
    "owners": owners, "apart": sum(task.owner_id != firms[task.account_id] for task in Task.plain.all()),
    "lines": lines.count(), "about": mains.distinct().count(),
    "undone": lines.filter(undone_by__isnull=False).count(),
    "items": dict(Counter(Item.objects.values_list("state", flat=True))),
    "told": Notice.objects.filter(kind="handover.received").count(),
}
"""


class Begun:
    def __init__(self, server: Server) -> None:
        found_firm(server)
        made = server.python(BOOK)
        self.server, self.people = server, made["people"]
        self.headers = {"Authorization": f"Bearer {made['token']}"}

    def ask(self, method: str, path: str, data: Any = None) -> Any:
        answer = self.server.ask(method, f"/api/v1{path}", data, headers=self.headers, timeout=120)
        assert answer.status < 300, answer.body.decode()
        return answer.json()

    def wait(self, job: str, beyond: int, seconds: float = 240) -> tuple[str, int]:
        """Until more is done, or it is over."""
        deadline = time.monotonic() + seconds
        while True:
            try:
                found = self.ask("GET", f"/jobs/{job}")
            except (OSError, http.client.HTTPException):
                found = {"state": "unknown", "done": 0}
            if found["done"] > beyond or found["state"] not in {"waiting", "running", "unknown"}:
                return found["state"], found["done"]
            assert time.monotonic() < deadline, f"it stands still at {beyond}: {found['state']}"
            time.sleep(0.05)

    def through(self, job: str, kills: int) -> int:
        """Until it is over, killed so often on the way; how many kills there were."""
        reached, killed = 0, 0
        while True:
            state, reached = self.wait(job, reached)
            if state in {"done", "failed", "cancelled"}:
                assert state == "done"
                return killed
            if killed < kills:
                self.server.kill("worker")
                self.server.python(LEASE_IS_OVER)
                self.server.revive()
                killed += 1


def test_a_hand_over_survives_kills_and_a_stop(server: Server) -> None:
    begun, clock = Begun(server), Clock()
    body = {
        "giver": begun.people["aoyama"],
        "successors": [{"person": begun.people["baba"]}, {"person": begun.people["osaki"]}],
        "reason": "退職",
    }
    seen = begun.ask("POST", "/handovers/preview", body)
    clock("preview")
    assert {each["kind"]: each["total"] for each in seen["moving"]}["account"] == CUSTOMERS + 1
    made = begun.ask("POST", "/handovers", body)
    clock("start")
    begun.wait(made["job"], 50)
    begun.ask("POST", f"/jobs/{made['job']}/cancel")
    begun.wait(made["job"], 10**9)
    stopped = begun.ask("GET", f"/handovers/{made['uid']}")
    assert stopped["state"] == "stopped"
    again = begun.ask("POST", f"/handovers/{made['uid']}/go_on")
    clock("until it was stopped")
    killed = begun.through(again["job"], 3)
    clock(f"moving, killed {killed} times")
    stored = server.python(STORED)
    total = stored["lines"]
    assert stored["state"] == "done"
    assert all("青山 凛" not in owners for owners in stored["owners"].values())
    assert stored["owners"]["account"] == {
        "馬場 健": CUSTOMERS // 2 + 1,
        "大崎 涼": CUSTOMERS - CUSTOMERS // 2,
    }
    assert stored["apart"] == 0
    assert total == stored["about"] == sum(stored["moved"].values())
    assert stored["items"] == {"moved": CUSTOMERS + 1}
    assert stored["told"] == 2
    clock("looked at")
    back = begun.ask("POST", f"/handovers/{made['uid']}/take_back")
    killed = begun.through(back["job"], 2)
    clock(f"taken back, killed {killed} times")
    stored = server.python(STORED)
    assert (stored["state"], stored["kept"], stored["undone"]) == ("undone", 0, total)
    assert all(set(owners) == {"青山 凛"} for owners in stored["owners"].values())
    assert "whole" in server.manage("ledger", "verify")


class Clock:
    """Says how long each step took."""

    def __init__(self) -> None:
        self.at = time.monotonic()

    def __call__(self, what: str) -> None:
        now = time.monotonic()
        print(f"{what}: {now - self.at:.1f} s, {CUSTOMERS} customers")
        self.at = now
