"""Who looked at whom is written a little later, and one look that cannot be written holds up no other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError

from daifuku.ledger import reads
from daifuku.ledger.models import Event

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_waits(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The thread does not run, so that each test says itself when the looks are written."""
    monkeypatch.setattr(reads, "_start_thread", lambda: None)
    reads.forget()
    yield
    reads.forget()


def test_the_same_look_within_ten_minutes_is_one_line(cast: Cast) -> None:
    for _time in range(2):
        reads.looked("contact.opened", by=cast.aoyama, object="contact", record_id=1)
        reads.flush()
    assert Event.objects.filter(kind="contact.opened").count() == 1


def test_a_look_of_an_unknown_kind_is_said_in_the_log_and_holds_up_no_other(
    cast: Cast, caplog: pytest.LogCaptureFixture
) -> None:
    reads.looked("nobody.knows", by=cast.aoyama, object="contact", record_id=1)
    reads.looked("contact.opened", by=cast.aoyama, object="contact", record_id=1)
    assert reads.flush() == 1
    assert "nobody.knows" in caplog.text
    caplog.clear()
    reads.looked("contact.opened", by=cast.baba, object="contact", record_id=1)
    assert reads.flush() == 1
    assert not caplog.text


def test_while_the_database_refuses_looks_are_kept(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_lines: object, **_by: object) -> None:
        raise OperationalError("database is locked")

    reads.looked("contact.opened", by=cast.aoyama, object="contact", record_id=1)
    with monkeypatch.context() as busy:
        busy.setattr(reads, "record_many", refuse)
        with pytest.raises(OperationalError):
            reads.flush()
    assert reads.flush() == 1
