"""What a person looked at last: written behind the answer, and forgotten beyond the last fifty every night."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.foundation import behind
from daifuku.records import actions
from daifuku.records.actions import marking
from daifuku.records.models import Mark

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_what_is_looked_at_again_comes_first(cast: Cast) -> None:
    first, second = (actions.create("account", {"name": name}, by=cast.aoyama) for name in ("甲", "乙"))
    for record in (first, second, first):
        marking.saw(record, by=cast.aoyama)
        assert behind.finish()
    seen = Mark.objects.filter(person=cast.aoyama, kind=Mark.Kind.SEEN).order_by("-at")
    assert list(seen.values_list("record_id", flat=True)) == [first.pk, second.pk]


def test_only_the_last_fifty_of_each_person_outlive_the_night(cast: Cast) -> None:
    now = timezone.now()
    for person, number in ((cast.aoyama, 53), (cast.baba, 2)):
        Mark.objects.bulk_create(
            Mark(person=person, kind="seen", object="account", record_id=n, at=now - timedelta(hours=n))
            for n in range(number)
        )
    Mark.objects.create(person=cast.aoyama, kind="favourite", object="account", record_id=99, at=now)
    marking.forget_old_looks()
    kept = Mark.objects.filter(person=cast.aoyama, kind="seen").values_list("record_id", flat=True)
    assert sorted(kept) == list(range(50))
    assert Mark.objects.filter(person=cast.baba).count() == 2
    assert Mark.objects.filter(kind="favourite").exists()
