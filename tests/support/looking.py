"""Looks at a page as it stands: nothing sticks out, nothing is too small for a thumb, axe finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.axe import said, violations

if TYPE_CHECKING:
    from playwright.sync_api import Page

# WCAG 2.2 asks for 24 px; where the thumb is led (buttons, bars, menus) we promise 44. Links in text are exempt.
SMALL_TARGETS = """() => [...document.querySelectorAll(
    'button, summary, select, input:not([type=hidden]), a[href], [role=option]')].flatMap((each) => {
    const box = each.getBoundingClientRect()
    const seen = box.width > 1 && box.height > 1 &&
        each.checkVisibility({opacityProperty: true, visibilityProperty: true})
    if (!seen || each.matches('[tabindex="-1"]')) return []
    const link = each.matches('a'), inText = link && getComputedStyle(each).display === 'inline'
    const led = each.matches('.button:not([data-size=small]), .icon-link, .tabs > a, .menu-list a, .menu-list button')
        || each.closest('.bottom-bar, .form-foot') !== null
    const least = led ? 43.5 : 23.5, target = each.closest('label')?.getBoundingClientRect() ?? box
    const bad = inText ? false : target.height < least || (!link && target.width < Math.min(least, 43.5))
    return bad ? [`${each.outerHTML.slice(0, 110)} is ${Math.round(target.width)} x ${Math.round(target.height)}`] : []
})"""
OVERFLOW = """() => {
    const wide = innerWidth + 1
    if (document.documentElement.scrollWidth <= wide) return []
    const out = [...document.querySelectorAll('main *')].filter((each) =>
        each.getBoundingClientRect().right > wide && !each.closest('.table-frame, .quick, .tabs'))
    return [`${document.documentElement.scrollWidth} px wide: ${out.slice(0, 3).map((e) => e.outerHTML.slice(0, 90))}`]
}"""


class Look:
    """Remembers what is not well on the pages that it was shown; `complain()` fails with all of it."""

    def __init__(self, page: Page) -> None:
        self.page, self.seen = page, list[str]()
        self.phone = bool(page.viewport_size and page.viewport_size["width"] < 500)
        self.troubles: list[str] = []

    def well(self, name: str) -> None:
        self.seen.append(name)
        # A link just clicked may have begun its page only: one without a root element cannot be measured.
        self.page.wait_for_load_state()
        found = [*self.page.evaluate(OVERFLOW), *said(violations(self.page))]
        if self.phone:
            found += self.page.evaluate(SMALL_TARGETS)
        self.troubles += [f"{name}: {each}" for each in found]

    def complain(self) -> None:
        assert not self.troubles, f"{len(self.troubles)} troubles:\n" + "\n".join(self.troubles)
