"""The text of a note without its markup: one line a paragraph, marks before list items, rows of a table as lines.

Nothing that can be read is left out: links keep their address, check boxes become ☑ and ☐, pictures say where
they were.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sized
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from django.utils.translation import gettext as _

from daifuku.transfers.notes.enex import named

BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "en-note", "fieldset",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
    }
)  # fmt: skip
HEADINGS = {"h1": "■ ", "h2": "◆ ", "h3": "◇ ", "h4": "◇ ", "h5": "◇ ", "h6": "◇ "}
SILENT = frozenset({"script", "style", "title", "head", "en-crypt"})
DONE, OPEN = "☑ ", "☐ "
RULE = "―" * 10
PROLOGUE = re.compile(r"\A\ufeff?\s*(?:<\?xml[^>]{0,300}\?>)?\s*(?:<!DOCTYPE[^>\[]{0,300}>)?")
DOCTYPE = '<!DOCTYPE en-note SYSTEM "enml2.dtd">'
TAG = re.compile(r"<[^<>]*>")
BREAK = re.compile(r"<(?:br|/div|/p|/li|/tr|/h[1-6])\b[^<>]*>", re.IGNORECASE)
SPACES = re.compile(r"[ \t\r\n\f]+")
DEEPEST = 500
# Lists in lists, tables in cells, links in links: each level writes its text once more, or an indent before each line.
DEEPEST_OF_ITS_KIND = 30
Named = Callable[[str, str], str]


class Hidden(Exception):
    """The note defines letters of its own, or is nested like a trap."""


@dataclass
class Plain:
    text: str
    broken: bool = False


def to_text(content: str, name_of: Named) -> Plain:
    """`name_of(digest, mime)` is what stands where a picture or file was. Broken markup gives its words alone."""
    rest = content[PROLOGUE.match(content).end() :]  # type: ignore[union-attr]
    if not rest.strip():
        return Plain("")
    writer = Writer(name_of)
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = writer.start, writer.end
    parser.CharacterDataHandler = writer.words
    parser.SkippedEntityHandler = lambda name, is_parameter: writer.words(named(name))
    parser.EntityDeclHandler = _refuse
    try:
        parser.Parse((DOCTYPE + rest).encode(), True)
    except (expat.ExpatError, Hidden):
        return Plain(_words_alone(rest), broken=True)
    return Plain(tidy(writer.page.finished()))


def _refuse(*_declared: Any) -> None:
    raise Hidden


def _words_alone(content: str) -> str:
    lines = BREAK.sub("\n", content.replace("\n", " "))
    return tidy(html.unescape(TAG.sub("", lines)))


def tidy(text: str) -> str:
    """No blanks at the ends of lines, no more than two empty lines on end."""
    lines = "\n".join(line.rstrip() for line in text.replace("\xa0", " ").split("\n"))
    return re.sub(r"\n{4,}", "\n\n\n", lines).strip("\n")


@dataclass
class Page:
    """Lines of text. `mark` stands before the next words, `indent` before their further lines."""

    lines: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    mark: str = ""
    indent: str = ""

    def put(self, text: str, *, exact: bool = False) -> None:
        if not exact:
            text = SPACES.sub(" ", text)
            if not self.words or self.words[-1].endswith(" "):
                text = text.lstrip(" ")
        if not text:
            return
        if not self.words:
            before, self.mark = (self.mark or self.indent), ""
            self.words += [before] if before else []
        self.words.append(text)

    def end_block(self) -> None:
        """A block begins and ends on a line of its own; an empty one takes none."""
        if self.words:
            self.end_line()

    def end_line(self) -> None:
        self.lines.append("".join(self.words))
        self.words = []

    def finished(self) -> str:
        self.end_block()
        return "\n".join(self.lines)


@dataclass
class List:
    numbered: bool
    checked: bool
    count: int = 0


class Writer:
    """Hears the elements of a note one after the other and writes its page. A cell of a table has a page of its own."""

    def __init__(self, name_of: Named) -> None:
        self._name_of = name_of
        self.page = Page()
        self._pages: list[Page] = []
        self._rows: list[list[str]] = []
        self._lists: list[List] = []
        self._links: list[tuple[str, list[str]]] = []
        self._silent = self._exact = self._depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Hidden
        if name in SILENT:
            if name == "en-crypt" and not self._silent:
                self._encrypted(attributes)
            self._silent += 1
        if self._silent:
            return
        if name in BLOCKS:
            self.page.end_block()
        handle = getattr(self, f"_start_{name.replace('-', '_')}", None)
        if handle is not None:
            handle(attributes)
        elif name in HEADINGS:
            self.page.mark = HEADINGS[name]

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._silent:
            self._silent -= name in SILENT
            return
        handle = getattr(self, f"_end_{name.replace('-', '_')}", None)
        if handle is not None:
            handle()
        if name in BLOCKS:
            self.page.end_block()
            if name in HEADINGS:
                self.page.mark = ""

    def words(self, text: str) -> None:
        if self._silent:
            return
        if self._links:
            self._links[-1][1].append(text)
        if not self._exact:
            self.page.put(text)
            return
        first, *others = text.split("\n")
        self.page.put(first, exact=True)
        for line in others:
            self.page.end_line()
            self.page.put(line, exact=True)

    def _encrypted(self, attributes: dict[str, str]) -> None:
        hint = attributes.get("hint", "").strip()
        self.page.put(
            _("［暗号化された部分（%(hint)s）］") % {"hint": hint} if hint else _("［暗号化された部分］")
        )

    def _start_br(self, attributes: dict[str, str]) -> None:
        self.page.end_line()

    def _start_hr(self, attributes: dict[str, str]) -> None:
        self.page.end_block()
        self.page.put(RULE)
        self.page.end_block()

    def _start_pre(self, attributes: dict[str, str]) -> None:
        self._exact += 1

    def _end_pre(self) -> None:
        self._exact -= 1

    def _start_en_todo(self, attributes: dict[str, str]) -> None:
        self.page.put(DONE if attributes.get("checked") == "true" else OPEN)

    def _start_en_media(self, attributes: dict[str, str]) -> None:
        name = self._name_of(attributes.get("hash", "").lower(), attributes.get("type", ""))
        self.page.put(name)

    def _start_ul(self, attributes: dict[str, str]) -> None:
        self._begin_list(List(False, _styled(attributes, "--en-todo")))

    def _start_ol(self, attributes: dict[str, str]) -> None:
        start = attributes.get("start", "")
        before = int(start) - 1 if start.isdecimal() and len(start) < 7 else 0
        self._begin_list(List(True, False, before))

    def _begin_list(self, new: List) -> None:
        _need_shallow(self._lists)
        self._lists.append(new)

    def _end_ul(self) -> None:
        self._lists.pop()
        self.page.mark, self.page.indent = "", "　" * (2 * len(self._lists))

    _end_ol = _end_ul

    def _start_li(self, attributes: dict[str, str]) -> None:
        if not self._lists:
            self.page.mark = "・"
            return
        around = self._lists[-1]
        around.count += 1
        mark = f"{around.count}. " if around.numbered else "・"
        if around.checked:
            mark = DONE if _styled(attributes, "--en-checked") else OPEN
        level = len(self._lists) - 1
        self.page.mark, self.page.indent = "　" * (2 * level) + mark, "　" * (2 * level + 1)

    def _end_li(self) -> None:
        self.page.end_block()
        self.page.mark, self.page.indent = "", "　" * (2 * max(len(self._lists) - 1, 0))

    def _start_a(self, attributes: dict[str, str]) -> None:
        _need_shallow(self._links)
        self._links.append((attributes.get("href", "").strip(), []))

    def _end_a(self) -> None:
        address, words = self._links.pop()
        shown = "".join(words).strip()
        if address and address.removeprefix("mailto:").removeprefix("tel:") != shown:
            self.page.put(f"（{address}）" if shown else address)
        if self._links:
            self._links[-1][1].append(shown)

    def _start_tr(self, attributes: dict[str, str]) -> None:
        self._rows.append([])

    def _start_td(self, attributes: dict[str, str]) -> None:
        _need_shallow(self._pages)
        self._pages.append(self.page)
        self.page = Page()

    def _end_td(self) -> None:
        if not self._pages:
            return
        cell = " ".join(self.page.finished().split("\n")).strip()
        self.page = self._pages.pop()
        if self._rows:
            self._rows[-1].append(cell)
        else:
            self.page.put(cell, exact=True)

    _start_th, _end_th = _start_td, _end_td

    def _end_tr(self) -> None:
        row = self._rows.pop() if self._rows else []
        if any(row):
            self.page.put(" ｜ ".join(row), exact=True)
        self.page.end_block()


def _need_shallow(opened: Sized) -> None:
    if len(opened) >= DEEPEST_OF_ITS_KIND:
        raise Hidden


def _styled(attributes: dict[str, str], name: str) -> bool:
    style = attributes.get("style", "").replace(" ", "")
    return f"{name}:true" in style
