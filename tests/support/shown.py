"""What of a page a person sees or hears: its texts, and what titles, labels and hints say."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from django.apps import apps

SAID = {"title", "aria-label", "aria-description", "placeholder", "alt", "content"}
UNSEEN = {"script", "style", "code", "pre"}
JAPANESE = re.compile("[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff01-\uff9f々〆]+")
ENGLISH = re.compile(r"[A-Za-z][a-z']+(?: [a-z']{2,}){2,}")


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.unseen = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.unseen += tag in UNSEEN
        self.texts += [
            value or "" for name, value in attributes if name in SAID or re.fullmatch("data-.*words.*", name)
        ]

    def handle_endtag(self, tag: str) -> None:
        self.unseen -= tag in UNSEEN

    def handle_data(self, data: str) -> None:
        if not self.unseen:
            self.texts.append(data)


def shown(html: str) -> list[str]:
    page = _Page()
    page.feed(html)
    return [text.strip() for text in page.texts if text.strip()]


def japanese(html: str) -> Iterator[str]:
    for text in shown(html):
        yield from JAPANESE.findall(text)


def english(html: str) -> Iterator[str]:
    """Where at least three English words follow each other."""
    for text in shown(html):
        if ENGLISH.search(text):
            yield text


def everything_entered() -> str:
    """All that stands in the database, as one text: what of a page is found in it is data, not a word of ours."""
    parts = []
    for model in apps.get_models():
        names = [field.attname for field in model._meta.concrete_fields]
        parts += [str(row) for row in model._base_manager.values_list(*names)]
    return "\n".join(parts)
