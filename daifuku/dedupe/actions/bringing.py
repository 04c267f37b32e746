"""Decisions that come in many: from a file, in a job, or by the API. Each is the verb of one; what is refused is said
with its line, and the others stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from daifuku.dedupe.actions.deciding import keep_apart
from daifuku.dedupe.files import OF_MARKS
from daifuku.dedupe.marks import words_of
from daifuku.dedupe.models import Reason
from daifuku.dedupe.reading import OBJECTS
from daifuku.foundation import csv
from daifuku.foundation.encodings import Undecodable
from daifuku.foundation.errors import DomainError, FieldProblem, Invalid
from daifuku.foundation.japanese import clean_text, person_key, split_name
from daifuku.jobs import queue
from daifuku.jobs.models import Job
from daifuku.ledger import writing as ledger
from daifuku.ledger.channel import through
from daifuku.records.catalogue import registry
from daifuku.records.catalogue.types import RecordLink, Refused
from daifuku.records.catalogue.types.link import as_uid
from daifuku.records.models import DuplicateKey
from daifuku.staff.models import Person
from daifuku.staff.viewer import Viewer, viewer_of

JOB, MOST, LARGEST, AT_ONCE, TOLD = "dedupe.decisions", 5_000, 2_000_000, 50, 200
DONE, KNOWN, REFUSED = "done", "known", "refused"
KEYS = ("object", "uid", "name", "other_object", "other_uid", "other_name", "kind", "note")
NEEDED = ({"uid", "name"}, {"other_uid", "other_name"})
Said = dict[str, str]


@dataclass(frozen=True)
class Outcome:
    """What came of one of them; `sentence` says what to mend."""

    line: int
    state: str
    sentence: str = ""


def begin(data: bytes, name: str, *, by: Person) -> Job:
    """From a file, as it is taken out. Raises Invalid where it is no such file; then nothing has begun."""
    rows = read(data)
    with ledger.writing():
        title = _("%(file)s の「別々の記録」の取り込み") % {"file": name}
        return queue.enqueue(JOB, {"rows": rows}, by=by, title=title)


def read(data: bytes) -> list[tuple[int, Said]]:
    """The lines that name two, by the headings. Raises Invalid."""
    if len(data) > LARGEST:
        raise _refused(_("ファイルが大きすぎます。%(most)s行までに分けてください。") % {"most": f"{MOST:,}"})
    try:
        text = csv.decode(data, csv.detect(data))
        lines = list(csv.rows(text, csv.guess_delimiter(text)))
    except (Undecodable, LookupError, csv.TooWide, UnicodeError) as error:
        raise _refused(_("CSVとして読めません。CSVのファイルを選んでください。")) from error
    except csv.BrokenQuote as error:
        raise _refused(str(error)) from error
    known = words_of(OF_MARKS)
    columns = (
        {known[each.strip()]: number for number, each in enumerate(lines[0][1]) if each.strip() in known}
        if lines
        else {}
    )
    if (
        not all(each & columns.keys() for each in NEEDED)
        or not {"object", "other_object", "kind"} <= columns.keys()
    ):
        raise _refused(
            _(
                "見出しの行に「種類1」「ID1」（または「名前1」）「種類2」「ID2」（または「名前2」）「理由」が必要です。"
            )
        )
    rows = [
        (line, {key: cells[at].strip() for key, at in columns.items() if key in KEYS and at < len(cells)})
        for line, cells in lines[1:]
        if any(cell.strip() for cell in cells)
    ]
    if not rows:
        raise _refused(_("見出しの下に行がありません。"))
    if len(rows) > MOST:
        raise _refused(
            _("一度に取り込めるのは%(most)s行までです。ファイルを分けてください。") % {"most": f"{MOST:,}"}
        )
    return rows


def _refused(sentence: str) -> Invalid:
    return Invalid([FieldProblem("file", sentence, code="file")])


def run(running: Any) -> None:
    """The job. Begun again after a kill it goes on behind what is kept; what was done before is known by then."""
    rows, state, by = running.payload["rows"], running.state, running.by
    running.expect(len(rows))
    with through("import"):
        for at in range(state.get("at", 0), len(rows), AT_ONCE):
            if running.cancelled:
                return
            found = bring([(line, said) for line, said in rows[at : at + AT_ONCE]], by=by)
            with ledger.writing():
                _tell(running.result, found)
                state["at"] = at + AT_ONCE
                running.advance(len(found))
    running.result["url"] = "/duplicates/decisions/"


def _tell(result: dict[str, Any], found: Iterable[Outcome]) -> None:
    for each in found:
        result[each.state] = result.get(each.state, 0) + 1
        if each.state == REFUSED and len(told := result.setdefault("lines", [])) < TOLD:
            told.append([each.line, each.sentence])


def bring(rows: Sequence[tuple[int, Said]], *, by: Person) -> list[Outcome]:
    viewer, kinds = viewer_of(by), words_of((key, registry.get(key).name) for key in OBJECTS)
    kinds |= {registry.get(key).slug: key for key in OBJECTS}
    reasons = words_of((each.value, each.label) for each in Reason)
    return [_one(line, said, kinds, reasons, by, viewer) for line, said in rows]


def _one(
    line: int, said: Said, kinds: dict[str, str], reasons: dict[str, str], by: Person, viewer: Viewer
) -> Outcome:
    try:
        first = _record(said, "", kinds, viewer)
        second = _record(said, "other_", kinds, viewer)
        keep_apart(first, second, reasons.get(said.get("kind", ""), ""), said.get("note", ""), by=by)
    except DomainError as error:
        if error.code == "separate":
            return Outcome(line, KNOWN)
        return Outcome(line, REFUSED, " ".join(each.message for each in error.problems) or error.message)
    return Outcome(line, DONE)


def _record(said: Said, prefix: str, kinds: dict[str, str], viewer: Viewer) -> Any:
    """By its ID, else the only one of this name that the person sees."""
    kind = kinds.get(said.get(f"{prefix}object", ""))
    if kind is None:
        words = _("、").join(str(registry.get(key).name) for key in OBJECTS)
        sentence = _("種類は、%(kinds)sのどれかにしてください。") % {"kinds": words}
        raise Invalid([FieldProblem(f"{prefix}object", sentence, code="choice")])
    text = clean_text(said.get(f"{prefix}uid") or said.get(f"{prefix}name") or "")
    try:
        found = _person(kind, text, viewer) or RecordLink(kind).clean(text, viewer)
    except Refused as error:
        raise Invalid([FieldProblem(f"{prefix}uid", error.message, code=error.code)]) from error
    if found is None:
        sentence = _("%(kind)sのIDか名前を入力してください。") % {"kind": registry.get(kind).name}
        raise Invalid([FieldProblem(f"{prefix}uid", sentence, code="required")])
    return found


def _person(kind: str, text: str, viewer: Viewer) -> Any:
    """By both names, as the file writes people; None where nobody is called so. Raises Refused."""
    model = registry.get(kind).model
    if not text or as_uid(text) or not hasattr(model, "given_name"):
        return None
    called = DuplicateKey.objects.filter(object=kind, kind="person", key=person_key(*split_name(text))[:120])
    found = list(model.objects.visible_to(viewer).filter(pk__in=called.values("record_id"))[:2])
    if len(found) > 1:
        sentence = _("「%(value)s」が複数あります。一覧から選んでください。")
        raise Refused(sentence % {"value": text[:60]}, "ambiguous")
    return found[0] if found else None
