"""青山's phone: what it hands in, and under which key."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.foundation.uuid7 import uuid7
from daifuku.records import actions
from daifuku.staff.models import Company

if TYPE_CHECKING:
    from daifuku.customers.models import Account
    from daifuku.staff.testing import Cast


@pytest.fixture
def firm(cast: Cast) -> Account:
    Company.objects.create(name="シャチホコ商事")
    made: Account = actions.create(
        "account", {"name": "株式会社青葉商事", "kana": "アオバショウジ"}, by=cast.aoyama
    )
    return made


@dataclass
class Phone:
    client: Client
    person: Any
    customer: Any
    headers: dict[str, str] = field(default_factory=dict)

    def entry(self, **values: Any) -> dict[str, Any]:
        told = {
            "account": str(self.customer.uid),
            "method": "phone",
            "content": "delivery",
            "text": "納期の確認。",
        }
        beside = {key: values.pop(key) for key in ("plan", "next", "voice", "uid") if key in values}
        return {"uid": str(uuid7()), "values": told | values, "plan": None, "next": None} | beside

    def send(self, entry: dict[str, Any], key: str = "", **headers: str) -> Any:
        given = {"Phone-Person": str(self.person.uid), **headers}
        if key:
            given["Idempotency-Key"] = key
        return self.client.post("/phone/talks/", entry, "application/json", headers=given)

    def tick(self, uid: Any, body: dict[str, Any]) -> Any:
        return self.client.post(
            f"/phone/tasks/{uid}/", body, "application/json", headers={"Phone-Person": str(self.person.uid)}
        )

    def plan(self, **values: Any) -> Any:
        told = {
            "account": self.customer,
            "method": "visit",
            "subject": "見積の説明",
            "started_at": timezone.now(),
        }
        return actions.create("plan", told | values, by=self.person)

    def seen(self, plan: Any) -> dict[str, str]:
        return {"uid": str(plan.uid), "started_at": plan.started_at.isoformat()}

    def photo(self, talk: uuid.UUID | str, content: Any, uid: uuid.UUID | None = None) -> Any:
        return self.client.post(f"/phone/talks/{talk}/photos/", {"uid": str(uid or uuid7()), "file": content})


@pytest.fixture
def phone(cast: Cast, firm: Account, login_as: Callable[..., Client]) -> Phone:
    return Phone(login_as(cast.aoyama), cast.aoyama, firm)
