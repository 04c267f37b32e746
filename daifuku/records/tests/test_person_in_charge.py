"""A person's page leads to the records that he is in charge of."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone

from daifuku.records import actions
from daifuku.staff.actions import leave
from daifuku.staff.models import Company
from daifuku.staff.testing import Cast

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("left", [False, True])
def test_the_list_shows_his_records_alone(cast: Cast, left: bool) -> None:
    Company.objects.get_or_create(pk=1, defaults={"name": "シャチホコ商事"})
    for owner, name in ((cast.aoyama, "青葉商事"), (cast.baba, "若葉産業")):
        actions.create("account", {"name": name, "owner": owner}, by=cast.mizuno)
    if left:
        leave(cast.aoyama, on=timezone.localdate(), by=cast.mizuno)
    browser = Client()
    browser.force_login(cast.mizuno)
    page = browser.get(f"/settings/people/{cast.aoyama.uid}/").content.decode()
    (address,) = re.findall(r'href="(/accounts/\?[^"]+)"', page)
    shown = browser.get(unescape(address)).content.decode()
    main = shown[shown.index("<main") :]
    assert "青葉商事" in main
    assert "若葉産業" not in main
    assert "青山 凛" in main
