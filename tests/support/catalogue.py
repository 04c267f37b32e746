"""The English words: reads and writes django.po and compiles django.mo, without the programs of gettext.

`./run words` writes texts that are new in code and templates into django.po, takes out what nobody uses any more,
and compiles. Whoever translates fills in the empty lines and calls it again.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.support.words import Word, words

PO = Path(__file__).resolve().parents[2] / "daifuku/locale/en/LC_MESSAGES/django.po"
MO = PO.with_suffix(".mo")
HEAD = (
    "Project-Id-Version: Daifuku\n"
    "Language: en\n"
    "MIME-Version: 1.0\n"
    "Content-Type: text/plain; charset=UTF-8\n"
    "Content-Transfer-Encoding: 8bit\n"
    "Plural-Forms: nplurals=2; plural=(n != 1);\n"
)
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[sd]|%%|\{\w*\}")
LINE = re.compile(r'(?:(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) )?(".*")')
MAGIC = 0x950412DE

English = tuple[str, ...]
"""One text, or singular and plural."""


@dataclass
class Entry:
    word: Word
    english: English
    places: list[str]


def read(path: Path = PO) -> dict[Word, English]:
    """What is translated already."""
    known: dict[Word, English] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        parts = parts_of(block)
        if parts.get("msgid"):
            word = Word(parts["msgid"], parts.get("msgctxt", ""), parts.get("msgid_plural", ""))
            known[word] = tuple(text for name, text in parts.items() if name.startswith("msgstr"))
    return known


def parts_of(block: str) -> dict[str, str]:
    parts: dict[str, str] = {}
    name = ""
    for line in block.splitlines():
        if match := LINE.fullmatch(line):
            name = match[1] or name
            parts[name] = parts.get(name, "") + ast.literal_eval(match[2])
    return parts


def entries(known: dict[Word, English]) -> list[Entry]:
    """All words of the program, in the order of its files, with what is known of their English."""
    return [
        Entry(word, known.get(word, ("", "") if word.plural else ("",)), places)
        for word, places in words().items()
    ]


def write(lines: list[Entry], path: Path = PO) -> None:
    blocks = [f'msgid ""\nmsgstr ""\n{chr(10).join(quoted(line) for line in HEAD.splitlines(True))}\n']
    path.write_text("\n".join([*blocks, *(block_of(entry) for entry in lines)]), encoding="utf-8")


def block_of(entry: Entry) -> str:
    word, english = entry.word, entry.english
    lines = [f"#: {' '.join(entry.places)}"]
    if "%(" in word.msgid:
        lines.append("#, python-format")
    if word.context:
        lines.append(f"msgctxt {quoted(word.context)}")
    lines.append(f"msgid {quoted(word.msgid)}")
    if word.plural:
        lines.append(f"msgid_plural {quoted(word.plural)}")
        lines += [f"msgstr[{number}] {quoted(text)}" for number, text in enumerate(english)]
    else:
        lines.append(f"msgstr {quoted(english[0])}")
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'


def compiled(known: dict[Word, English]) -> bytes:
    """The .mo file: sorted texts, then their translations, found by tables of length and place."""
    pairs = {"": HEAD} | {
        f"{word.key}\0{word.plural}" if word.plural else word.key: "\0".join(english)
        for word, english in known.items()
        if all(english)
    }
    sides = [[text.encode() for text in side] for side in zip(*sorted(pairs.items()), strict=True)]
    count, place = len(pairs), 7 * 4 + len(pairs) * 16
    tables, data = b"", b""
    for side in sides:
        for text in side:
            tables += struct.pack("<II", len(text), place + len(data))
            data += text + b"\0"
    return struct.pack("<7I", MAGIC, 0, count, 28, 28 + count * 8, 0, 28 + count * 16) + tables + data


def placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))


def renew() -> list[str]:
    """django.po with all words of today, django.mo from it; the Japanese that has no English yet."""
    lines = entries(read() if PO.exists() else {})
    write(lines)
    MO.write_bytes(compiled({entry.word: entry.english for entry in lines}))
    return [entry.word.msgid for entry in lines if not all(entry.english)]


def main() -> int:
    missing = renew()
    for msgid in missing:
        print(msgid)
    print(
        f"{len(missing)} texts have no English yet: fill them in in {PO.name}"
        if missing
        else "All translated"
    )
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
