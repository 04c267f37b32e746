"""青山 gives a program a token, reads how the API is used, and takes the token back; at the desk and on the phone."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from daifuku.staff.models import Company
from daifuku.staff.testing import PASSWORD, invent_cast

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def status_of(address: str, secret: str) -> int:
    request = urllib.request.Request(f"{address}/api/v1/me", headers={"Authorization": f"Bearer {secret}"})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


@pytest.mark.parametrize("screen", ["desk", "phone"])
def test_a_token_is_given_out_used_and_taken_back(
    transactional_db: None, live_server: Any, open_page: Callable[..., Page], accessible: Callable[[Page], None],
    screenshot: Callable[..., Any], screen: str,
) -> None:  # fmt: skip
    cache.clear()
    Company.objects.create(pk=1, name="シャチホコ商事")
    invent_cast()
    page, address = open_page(screen), live_server.url
    page.goto(f"{address}/login/?next=/account/tokens/")
    page.get_by_label("メールアドレス").fill("aoyama@example.jp")
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="ログイン", exact=True).click()
    page.wait_for_url("**/account/tokens/")
    accessible(page)
    page.get_by_role("link", name="トークンを発行").click()
    page.get_by_label("パスワード").fill(PASSWORD)
    page.get_by_role("button", name="確認する").click()
    page.get_by_label("名前").fill("基幹システムとの連携")
    accessible(page)
    screenshot(page, f"api-new-token-{screen}")
    page.get_by_role("button", name="発行する").click()
    secret = page.locator("#secret").input_value()
    accessible(page)
    assert status_of(address, secret) == 200
    page.goto(f"{address}/api/")
    accessible(page)
    screenshot(page, f"api-reference-{screen}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.goto(f"{address}/account/tokens/")
    accessible(page)
    screenshot(page, f"api-tokens-{screen}")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="取り消す").click()
    page.wait_for_url("**/account/tokens/")
    assert status_of(address, secret) == 401
