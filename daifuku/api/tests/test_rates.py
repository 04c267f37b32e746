"""So many requests a minute for each token; who asks more is told how long to wait."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from daifuku.api import rates
from daifuku.api.errors import TooMany
from daifuku.api.tests.support import problem

if TYPE_CHECKING:
    from daifuku.api.tests.support import Program

pytestmark = pytest.mark.django_db


def test_who_asks_too_often_is_told_how_long_to_wait(
    aoyama: Program, senda: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rates, "PER_MINUTE", 3)
    left = [aoyama.get("/me")["RateLimit-Remaining"] for _time in range(3)]
    assert left == ["2", "1", "0"]
    refused = aoyama.get("/me")
    assert (refused.status_code, problem(refused)["code"]) == (429, "too_many_requests")
    assert 1 <= int(refused["Retry-After"]) <= 20
    assert senda.get("/me").status_code == 200


def test_the_bucket_fills_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "PER_MINUTE", 60)
    for _time in range(60):
        rates.spend("x", now=0.0)
    with pytest.raises(TooMany):
        rates.spend("x", now=0.5)
    rates.spend("x", now=1.1)
    with pytest.raises(TooMany):
        rates.spend("x", now=1.2)


def test_guessing_tokens_is_slowed_down_as_well(aoyama: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "PER_MINUTE", 3)
    statuses = [
        aoyama.get("/me", Authorization=f"Bearer daifuku_{number}").status_code for number in range(4)
    ]
    assert statuses == [401, 401, 401, 429]
