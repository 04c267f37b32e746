"""What a note becomes: the words of a comment, and the names of its files.

A text that is too long for a comment hangs on the record whole, as a file; the comment has its beginning and says so.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from daifuku.foundation.errors import Invalid
from daifuku.records.files.names import clean_name
from daifuku.records.models.comment import LONGEST
from daifuku.transfers.notes.enex import Note
from daifuku.transfers.notes.enml import DONE, OPEN, to_text
from daifuku.transfers.notes.resources import Resource

ENDINGS = {
    "image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "application/pdf": ".pdf",
    "audio/wav": ".wav", "audio/mpeg": ".mp3", "audio/x-m4a": ".m4a", "audio/amr": ".amr", "video/mp4": ".mp4",
    "text/plain": ".txt",
}  # fmt: skip
NAME_LIMIT = 180
TITLE_LIMIT = 1000


@dataclass(frozen=True)
class Words:
    """`text` is the note's own, `comment` what is written on the record, `whole` the file for what is longer."""

    text: str
    comment: str
    whole: str = ""


def words_of(note: Note) -> Words:
    names = dict(zip((each.digest for each in note.resources), file_names(note), strict=True))
    plain = to_text(note.content, lambda digest, mime: _place(names.get(digest, ""), mime))
    tasks = [f"{DONE if task.done else OPEN}{task.title}" for task in note.tasks if task.title]
    text = "\n".join([*([plain.text] if plain.text else []), *tasks])
    head, remarks = _head(note), _remarks(note, text, broken=plain.broken)
    whole = "\n\n".join(part for part in (head, text, remarks) if part)
    comment = whole
    if len(whole) > LONGEST:
        name = whole_name(note)
        ending = _("……（続きは、添付の「%(name)s」にあります）") % {"name": name}
        comment = whole[: LONGEST - len(ending) - 1].rstrip() + "\n" + ending
    return Words(text, comment, whole if comment != whole else "")


def file_names(note: Note) -> list[str]:
    """A name for each resource; those without one are numbered."""
    return [_name_of(resource, number) for number, resource in enumerate(note.resources, start=1)]


def whole_name(note: Note) -> str:
    return _clean(f"{(note.title or _('ノート'))[:80]}.txt") or "note.txt"


def digest_of(note: Note, text: str) -> str:
    """The same for the same note, whenever and in whatever file it is brought."""
    created = note.created.isoformat() if note.created else ""
    files = [resource.digest for resource in note.resources]
    parts = json.dumps([note.title, created, text, files], ensure_ascii=False)
    return hashlib.sha256(parts.encode("utf-8", "replace")).hexdigest()


def day(moment: datetime | None) -> str:
    return timezone.localtime(moment).strftime("%Y/%m/%d %H:%M") if moment else ""


def _head(note: Note) -> str:
    """Title, dates, who wrote it, where it is from, its tags: a line each."""
    title = note.title[:TITLE_LIMIT] or _("（題名なし）")
    created = day(note.created) or _("日付なし")
    dates = _("作成: %(day)s") % {"day": created}
    if note.updated and day(note.updated) != created:
        dates += "　" + _("更新: %(day)s") % {"day": day(note.updated)}
    lines = [_("【Evernote】%(title)s") % {"title": title}, dates]
    if note.author:
        lines.append(_("作成者: %(name)s") % {"name": note.author})
    if note.source:
        lines.append(_("出典: %(address)s") % {"address": note.source})
    if note.tags:
        lines.append(_("タグ: %(tags)s") % {"tags": _("、").join(note.tags)})
    return "\n".join(lines)


def _remarks(note: Note, text: str, *, broken: bool) -> str:
    lines = []
    if broken:
        lines.append(_("※書式が壊れていたため、文字だけを取り込みました。"))
    if "\ufffd" in text + note.title:
        lines.append(_("※読めない文字は「�」になっています。"))
    for resource, name in zip(note.resources, file_names(note), strict=True):
        if resource.problem == "damaged":
            lines.append(
                _("※添付の「%(name)s」は、元のファイルが壊れていて取り込めません。") % {"name": name}
            )
        elif resource.problem:
            lines.append(_("※添付の「%(name)s」は、中身がなく取り込めません。") % {"name": name})
    return "\n".join(lines)


def _place(name: str, mime: str) -> str:
    if not name:
        return _("［添付: 見つかりません］")
    words = _("［画像: %(name)s］") if mime.startswith("image/") else _("［添付: %(name)s］")
    return words % {"name": name}


def _name_of(resource: Resource, number: int) -> str:
    if named := _clean(resource.name):
        return named
    kind = _("画像") if resource.mime.startswith("image/") else _("添付")
    return f"{kind}{number}{ENDINGS.get(resource.mime, '')}"


def _clean(name: str) -> str:
    """A long name keeps its ending."""
    name = "".join(letter for letter in name if unicodedata.category(letter) != "Cs").replace("/", "／")
    if len(name) > NAME_LIMIT:
        stem, dot, ending = name.rpartition(".")
        name = f"{stem[: NAME_LIMIT - 12]}{dot}{ending}" if dot and len(ending) <= 10 else name[:NAME_LIMIT]
    try:
        return clean_name(name)
    except Invalid:
        return ""
