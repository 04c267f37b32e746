"""A phone in a test: somebody's, with a customer and a plan for today, whose taps are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Locator, Page

    from daifuku.staff.models import Person


@dataclass
class Handset:
    page: Page
    url: str
    person: Person
    firm: Any = None
    taps: int = 0

    @property
    def context(self) -> BrowserContext:
        return self.page.context

    def open(self) -> None:
        """The page, once everything is there that it needs without signal."""
        self.page.goto(f"{self.url}/phone/")
        self.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        self.page.locator("#no-plans:visible, #today li").first.wait_for()

    def tap(self, what: Locator) -> None:
        self.taps += 1
        what.tap()

    def begin(self, method: str, content: str) -> None:
        self.page.get_by_role("link", name="記録する").tap()
        self.page.get_by_role("button", name="株式会社青葉商事").tap()
        self.page.locator("#methods").get_by_role("button", name=method).tap()
        self.page.locator("#contents").get_by_role("button", name=content).tap()

    def record(self, method: str, content: str, text: str = "") -> None:
        self.begin(method, content)
        if text:
            self.page.locator("#text").fill(text)
        self.page.get_by_role("button", name="保存").tap()
        self.page.locator("#home").wait_for()

    def offline(self) -> None:
        self.context.set_offline(True)

    def online(self) -> None:
        self.context.set_offline(False)

    def is_sent(self) -> None:
        self.page.get_by_text("件を送信しました。").wait_for()
        self.nothing_waits()

    def nothing_waits(self) -> None:
        self.page.locator("#unsent-count").wait_for(state="hidden")

    def kept(self) -> list[str]:
        """What the browser still keeps: rows of its database, caches, workers."""
        return list(self.page.evaluate(KEPT))


KEPT = """async () => {
  const asked = (request) => new Promise((done) => { request.onsuccess = () => done(request.result) })
  const found = (await caches.keys()).filter((name) => name.startsWith("daifuku-phone-"))
  for (const each of await navigator.serviceWorker.getRegistrations()) found.push(each.scope)
  if (!(await indexedDB.databases()).some((each) => each.name === "daifuku-phone")) return found
  const database = await asked(indexedDB.open("daifuku-phone"))
  for (const name of database.objectStoreNames) {
    const count = await asked(database.transaction(name).objectStore(name).count())
    if (count) found.push(`${name}: ${count}`)
  }
  database.close()
  return found
}"""
