"""Reads Evernote's export file (ENEX) note by note, however large it is and whatever somebody wrote into it.

The file is never read whole: at any time there is one note, its pictures in a temporary file. Nothing that the file
defines for itself (entities) is believed, and nothing outside is fetched. Where the file is broken, what came before
counts.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html.entities import html5
from typing import Any, BinaryIO
from xml.parsers import expat

from django.utils.translation import gettext_lazy as _

from daifuku.transfers.notes.resources import Decoder, Resource, Store
from daifuku.transfers.reading.refused import refused

CHUNK = 64 * 1024
HEAD = 4096
TEXT_LIMIT = 5_000_000
WORD_LIMIT = 10_000
RESOURCES_LIMIT = 500
TAGS_LIMIT = 100
NOTES_LIMIT = 20_000
ROOT = re.compile(r"<en-export[\s>/]")
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})[\"']")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# The encodings that Evernote and editors write, by the names that Python gives them.
ENCODINGS = {
    "utf-8": "utf-8", "shift_jis": "cp932", "cp932": "cp932", "euc_jp": "euc_jp", "iso2022_jp": "iso2022_jp",
    "ascii": "ascii", "iso8859-1": "cp1252", "cp1252": "cp1252",
}  # fmt: skip
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
# What a note holds, by the elements around it.
WORDS = {
    "note/title": "title", "note/created": "created", "note/updated": "updated",
    "note/note-attributes/author": "author", "note/note-attributes/source-url": "source",
}  # fmt: skip


@dataclass
class Task:
    title: str = ""
    done: bool = False


@dataclass
class Note:
    """A note as the file has it. `too_long` says that the file has more of it than can be taken in."""

    number: int
    store: Store
    title: str = ""
    created: datetime | None = None
    updated: datetime | None = None
    author: str = ""
    source: str = ""
    content: str = ""
    tags: list[str] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    resources: list[Resource] = field(default_factory=list)
    too_long: bool = False


def is_enex(head: bytes) -> bool:
    """Told by its beginning and not by its name."""
    if head.lstrip(codecs.BOM_UTF8 + b" \t\r\n").startswith(b"<") and b"<en-export" in head:
        return True
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return bool(ROOT.search(head[: HEAD // 2 * 2].decode(encoding, "ignore")))
    return False


class Reader:
    """Iterating gives the notes. Afterwards `broken` is the line where the file was damaged, or 0.

    `wanted(number)` says of which notes the pictures are needed; those of others are only measured.
    """

    def __init__(self, file: BinaryIO, *, wanted: Callable[[int], bool] = lambda number: False) -> None:
        self._file, self._wanted = file, wanted
        self.broken = 0

    def __iter__(self) -> Iterator[Note]:
        """Raises Invalid for what is no export of Evernote, or is not honest."""
        building = Building(self._wanted)
        parser = _parser(building)
        try:
            for text in _texts(self._file):
                parser.Parse(text.encode(), False)
                yield from building.taken()
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            yield from building.taken()
            if not building.begun:
                raise no_enex() from error
            self.broken = max(error.lineno, 1)
        finally:
            building.give_up()


def no_enex() -> Exception:
    return refused(
        _(
            "Evernoteの書き出しファイル（ENEX）ではありません。Evernoteでノートを選び、「ENEX形式」で書き出したファイルを選んでください。"
        ),
        "no_enex",
    )


def _parser(building: Building) -> Any:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text, parser.buffer_size = True, CHUNK
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    parser.StartElementHandler = building.start
    parser.EndElementHandler = building.end
    parser.CharacterDataHandler = building.text
    parser.SkippedEntityHandler = lambda name, is_parameter: building.text(named(name))
    parser.EntityDeclHandler = _refuse_entity
    return parser


def _refuse_entity(*_declared: Any) -> None:
    raise refused(
        _(
            "このファイルは独自の文字の定義（実体宣言）を含むため、安全に読めません。Evernoteから書き出し直してください。"
        ),
        "entities",
    )


def named(name: str) -> str:
    """`nbsp` is a blank: the document that defines it is never fetched. Others stay as they are written."""
    return html5.get(f"{name};", f"&{name};")


def _texts(file: BinaryIO) -> Iterator[str]:
    """The file in portions of text, without the letters that XML does not know and Evernote writes all the same."""
    file.seek(0)
    decode = _decoder(file.read(HEAD))
    file.seek(0)
    begun = False
    while data := file.read(CHUNK):
        text = FORBIDDEN.sub("", decode.decode(data))
        text = text if begun else text.lstrip()
        begun = begun or bool(text)
        yield text
    yield FORBIDDEN.sub("", decode.decode(b"", True))


def _decoder(head: bytes) -> codecs.IncrementalDecoder:
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return codecs.getincrementaldecoder(encoding)("replace")
    found = ENCODING.search(head)
    name = found[1].decode() if found else "utf-8"
    try:
        encoding = ENCODINGS[codecs.lookup(name).name]
    except LookupError as error:
        raise refused(
            _("文字コード「%(name)s」は読めません。UTF-8で保存し直してください。") % {"name": name},
            "encoding",
        ) from error
    return codecs.getincrementaldecoder(encoding)("replace")


class Building:
    """Puts notes together from the pieces that the parser hands over."""

    def __init__(self, wanted: Callable[[int], bool]) -> None:
        self.begun = False
        self._wanted, self._count = wanted, 0
        self._path: list[str] = []
        self._depth = 0
        self._ready: list[Note] = []
        self._note: Note | None = None
        self._resource: Resource | None = None
        self._decoder: Decoder | None = None
        self._words: list[str] = []
        self._length = 0

    def taken(self) -> Iterator[Note]:
        """The notes that are whole; the file behind each is closed when the next one is asked for."""
        while self._ready:
            note = self._ready.pop(0)
            try:
                yield note
            finally:
                note.store.close()

    def give_up(self) -> None:
        for note in [*self._ready, *([self._note] if self._note else [])]:
            note.store.close()

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if not self.begun:
            if name != "en-export":
                raise no_enex()
            self.begun = True
            return
        self._depth += 1
        # What is nested deeper than anything that Evernote writes is passed over without being remembered.
        if self._depth > 4:
            return
        self._path.append(name)
        self._words, self._length = [], 0
        if self._path == ["note"]:
            self._begin()
        elif self._note is None:
            return
        elif self._path == ["note", "resource"]:
            self._resource = Resource()
        elif self._path == ["note", "task"] and len(self._note.tasks) < RESOURCES_LIMIT:
            self._note.tasks.append(Task())
        elif self._path == ["note", "resource", "data"] and self._resource is not None:
            self._decoder = Decoder(self._note.store)

    def text(self, data: str) -> None:
        if self._depth > 4 or self._note is None:
            return
        if self._decoder is not None:
            self._decoder.feed(data)
            return
        self._length += len(data)
        if self._length <= (TEXT_LIMIT if self._path[-1] == "content" else WORD_LIMIT):
            self._words.append(data)
        elif self._path[-1] == "content":
            self._note.too_long = True

    def end(self, name: str) -> None:
        self._depth -= 1
        if self._depth >= 4 or self._depth < 0:
            return
        path = "/".join(self._path)
        if self._path:
            self._path.pop()
        if self._note is not None:
            self._close(path, self._note, "".join(self._words))
        self._words, self._length = [], 0

    def _begin(self) -> None:
        self._count += 1
        if self._count > NOTES_LIMIT:
            raise refused(
                _("ノートが多すぎます（%(limit)s件まで）。ノートブックごとに分けて書き出してください。")
                % {"limit": NOTES_LIMIT},
                "too_many_notes",
            )
        self._note = Note(self._count, Store(kept=self._wanted(self._count)))

    def _close(self, path: str, note: Note, words: str) -> None:
        if path == "note":
            self._ready.append(note)
            self._note = None
        elif path == "note/content":
            note.content = words
        elif path in WORDS:
            _put(note, WORDS[path], words)
        elif path == "note/tag" and len(note.tags) < TAGS_LIMIT and " ".join(words.split()):
            note.tags.append(" ".join(words.split()))
        elif path.startswith("note/task/") and note.tasks:
            _put_task(note.tasks[-1], path.rsplit("/", 1)[-1], words)
        elif path.startswith("note/resource") and self._resource is not None:
            self._close_resource(path, note, self._resource, words.strip())

    def _close_resource(self, path: str, note: Note, resource: Resource, words: str) -> None:
        if path == "note/resource/data" and self._decoder is not None:
            self._decoder.finish(resource)
            self._decoder = None
        elif path == "note/resource/mime":
            resource.mime = words.lower()[:100]
        elif path == "note/resource/resource-attributes/file-name":
            resource.name = words
        elif path == "note/resource":
            if len(note.resources) < RESOURCES_LIMIT:
                note.resources.append(resource)
            else:
                note.too_long = True
            self._resource = None


def _put(note: Note, name: str, words: str) -> None:
    text = " ".join(words.split())
    setattr(note, name, _instant(text) if name in {"created", "updated"} else text)


def _put_task(task: Task, name: str, words: str) -> None:
    if name == "title":
        task.title = " ".join(words.split())
    elif name == "taskStatus":
        task.done = words.strip() == "completed"


def _instant(text: str) -> datetime | None:
    """20190401T050607Z, always UTC; what is no date is none."""
    try:
        return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
