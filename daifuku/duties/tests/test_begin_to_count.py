"""Counting begins on the day on which the program first saw something, and does not move along with today."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.utils import timezone

from daifuku.duties.actions import owe
from daifuku.duties.models import Duty, Policy

if TYPE_CHECKING:
    from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


def test_what_was_before_is_no_duty(cast: Cast) -> None:
    Policy.objects.all().delete()
    owe("first", origin="rule:x", owner=cast.aoyama, due_at=timezone.now() + timedelta(days=1))
    begun = Policy.objects.get().begins_on
    assert begun == timezone.localdate()
    with pytest.raises(Duty.DoesNotExist):
        owe("older", origin="rule:x", owner=cast.aoyama, due_at=timezone.now() - timedelta(days=10))
    Policy.objects.update(begins_on=begun - timedelta(days=30))
    assert owe("older", origin="rule:x", owner=cast.aoyama, due_at=timezone.now() - timedelta(days=10)).pk
