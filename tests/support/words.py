"""Every Japanese text that people read, found in code and templates; no gettext programs are needed for it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation.template import templatize

from tests.support.sources import files, name_of

LAZY = "_lazy"
FUNCTIONS = ("gettext", "gettext_noop", "ngettext", "pgettext", "npgettext")
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
CALL_IN_TEMPLATE = re.compile(
    rf"\b(?P<function>{'|'.join(FUNCTIONS)}|_)\((?P<texts>{LITERAL}(?:\s*,\s*{LITERAL})*)"
)
JAPANESE = re.compile("[\u3041-\u30fa\u30fc-\u30ff\u3400-\u9fff々〆]")


@dataclass(frozen=True)
class Word:
    """A text as gettext knows it: the Japanese, its context where one is given, the Japanese of many."""

    msgid: str
    context: str = ""
    plural: str = ""

    @property
    def key(self) -> str:
        return f"{self.context}\x04{self.msgid}" if self.context else self.msgid


@dataclass
class Found:
    """Where a text stands, in the order of the files."""

    places: dict[Word, list[str]] = field(default_factory=dict)

    def add(self, word: Word, place: str) -> None:
        places = self.places.setdefault(word, [])
        if place not in places:
            places.append(place)


def words() -> dict[Word, list[str]]:
    """Every text of the program with the files that use it."""
    found = Found()
    for path in sources():
        for word in words_of(path):
            found.add(word, name_of(path))
    return found.places


def sources() -> list[Path]:
    return [
        path
        for path in files(".py", ".html", ".txt")
        if name_of(path).startswith("daifuku/") and "/tests/" not in name_of(path)
    ]


def words_of(path: Path) -> Iterator[Word]:
    source = path.read_text(encoding="utf-8")
    return words_of_code(source) if path.suffix == ".py" else words_of_template(source)


def words_of_code(source: str) -> Iterator[Word]:
    tree = ast.parse(source)
    names = names_of_gettext(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (function := names.get(called(node))):
            texts = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            if texts and isinstance(texts[0], str):
                yield word_of(function, [text for text in texts if isinstance(text, str)])


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Name):
        return node.func.id
    return node.func.attr if isinstance(node.func, ast.Attribute) else ""


def names_of_gettext(tree: ast.AST) -> dict[str, str]:
    """What a module calls the functions of gettext: mostly `_`."""
    names = {name: name for name in FUNCTIONS} | {name + LAZY: name for name in FUNCTIONS}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            for alias in node.names:
                function = alias.name.removesuffix(LAZY)
                if function in FUNCTIONS and alias.asname:
                    names[alias.asname] = function
    return names


def words_of_template(source: str) -> Iterator[Word]:
    for call in CALL_IN_TEMPLATE.finditer(templatize(source)):
        texts = [ast.literal_eval(text) for text in re.findall(LITERAL, call["texts"])]
        yield word_of("gettext" if call["function"] == "_" else call["function"], texts)


def word_of(function: str, texts: list[str]) -> Word:
    context = texts.pop(0) if "pgettext" in function else ""
    return Word(texts[0], context, texts[1] if function.startswith("n") and len(texts) > 1 else "")
