"""Secret addresses do not get into the log."""

from __future__ import annotations

import logging

import pytest

from daifuku.foundation.log_filter import HideSecrets, hidden


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("/calendar/abc-DEF_1.ics", "/calendar/…"),
        ("Not Found: /join/abc/", "Not Found: /join/…/"),
        ("GET /setup/abc/?x=1", "GET /setup/…/?x=1"),
        ("Unprocessable Content: /q/abc-DEF_1/", "Unprocessable Content: /q/…/"),
        ("/q/abc/paper/?view", "/q/…/paper/?view"),
        ("/account/calendar/", "/account/calendar/"),
        ("/calendar/", "/calendar/"),
        ("/accounts/01-ab/", "/accounts/01-ab/"),
    ],
)
def test_only_the_secret_is_hidden(said: str, written: str) -> None:
    assert hidden(said) == written


def test_it_is_hidden_in_the_sentence_and_in_what_is_put_into_it(caplog: pytest.LogCaptureFixture) -> None:
    record = logging.LogRecord(
        "x", logging.WARNING, "", 0, "%s: %s %d", ("Not Found", "/calendar/a.ics", 1), None
    )
    assert HideSecrets().filter(record)
    assert record.getMessage() == "Not Found: /calendar/… 1"
