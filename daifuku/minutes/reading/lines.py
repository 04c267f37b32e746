"""Minutes line by line: headings, and what can be made of a line.

Marks, at the beginning of a line:
    【課題】, ■課題, # 課題         a heading; what follows on the same line belongs to it
    決定: …                        a decision
    ToDo: (担当) 内容 期日          something to do; also やること, 宿題, タスク, □, → and ・[担当] 内容 (期日)
    次回: 12/10 14:00 …            the next meeting
    要望: … 困りごと: … クレーム: … the customer's voice
    ? …, or a line ending in ？     left open
    ・… below 【ToDo】, 【決定事項】, 【要望】, 【次回】  the same without a mark of its own
    電話番号が変わった → 03-…       a field of the customer that changed
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time

from daifuku.foundation.japanese import fold
from daifuku.minutes.reading.days import Day, days_in
from daifuku.minutes.reading.numbers import amounts_in, quantities_in
from daifuku.minutes.reading.people import Known, Names, folded_words

LONGEST_LINE, MOST_LINES, MOST_FINDINGS = 1_000, 2_000, 2_000
TASK, PLAN, DECISION, QUESTION, VOICE, CHANGE = "task", "plan", "decision", "question", "voice", "change"
AMOUNT, QUANTITY, PRODUCT = "amount", "quantity", "product"

_HEADING = re.compile(r"(?:【([^】]{1,40})】|■\s*([^:：]{1,40})|#{1,3}\s+(.{1,40}))[:：]?\s*(.*)")
_BULLET = re.compile(r"(?:[・*•●○-]|[0-9]{1,2}[.)])\s*")
_DECISION = re.compile(r"(?:決定(?:事項)?|合意|decided|decision)\s*[:：]\s*(.+)", re.IGNORECASE)
_TODO = re.compile(
    r"(?:to-?do|やること|宿題|タスク|action)\s*[:：]\s*(.+)|(?:□|☐|→|⇒|\[ \])\s*(.+)", re.IGNORECASE
)
_WHO = re.compile(r"[(（\[]([^)）\]]{1,20})[)）\]]\s*(.+)")
_BRACKETED = re.compile(r"\[([^\]]{1,20})\]\s*(.+)")
_NEXT = re.compile(
    r"(?:次回(?:の?(?:訪問|打ち合わせ|打合せ|面談|会議|予定))?(?:は|[:：])|next(?: visit| meeting)?\s*[:：])\s*(.+)",
    re.IGNORECASE,
)
_QUESTION = re.compile(r"[?？]\s*(.+)|(?:保留|未決)\s*[:：]\s*(.+)")
_VOICE = re.compile(
    r"(お客様の声|要望|困りごと|お困りごと|クレーム|不満|競合|市場|品質|価格|納期の声"
    r"|request|trouble|complaint|competitor|market|quality|price)\s*[:：]\s*(.+)",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"(?:が|は|の)?\s*(?:変更(?:になりました|になった|しました|した)?|変わ(?:りました|った)|新しく)?\s*(?:→|⇒|[:：])\s*(.+)"
)
_CLOCK = re.compile(r"(?<![0-9/:])([01]?[0-9]|2[0-3])(?:[:：]([0-5][0-9])|時(半)?(?:([0-5]?[0-9])分)?)")
_ENDS = re.compile(r"\s*(?:まで(?:に)?|に|頃|ごろ|締切|〆切|期限)?[、。.\s]*$")
_BEFORE = re.compile(r"^[\s、。]*(?:まで(?:に)?|に|は|の)?\s*")
TOPICS = {
    "お客様の声": "other", "要望": "wish", "困りごと": "trouble", "お困りごと": "trouble", "クレーム": "quality",
    "不満": "trouble", "競合": "rival", "市場": "market", "品質": "quality", "価格": "price", "納期の声": "delivery",
    "request": "wish", "trouble": "trouble", "complaint": "quality", "competitor": "rival", "market": "market",
    "quality": "quality", "price": "price",
}  # fmt: skip

# Headings below which a list item needs no mark.
BELOW = {
    **dict.fromkeys(("todo", "やること", "宿題", "タスク", "次にすること", "今後の対応"), TASK),
    **dict.fromkeys(("決定", "決定事項", "決まったこと"), DECISION),
    **dict.fromkeys(
        ("お客様の声", "要望", "ご要望", "困りごと", "お困りごと", "課題", "申し出の内容"), VOICE
    ),
    **dict.fromkeys(("次回", "次回の予定", "次回予定"), PLAN),
    **dict.fromkeys(("保留", "未決", "懸念"), QUESTION),
}
_TOPICS_BELOW = {"要望": "wish", "ご要望": "wish", "お客様の声": "other", "申し出の内容": "quality"}


@dataclass(frozen=True)
class Finding:
    """Something that a line says. `key` is the same as long as the line says the same; `text` is without its marks."""

    kind: str
    key: str
    number: int
    heading: str
    text: str
    who: Known | None = None
    day: date | None = None
    clock: time | None = None
    topic: str = ""
    field: str = ""
    yen: int | None = None
    more: str = ""


@dataclass
class Section:
    """A heading and what stands below it; before the first heading its name is empty."""

    name: str
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


@dataclass(frozen=True)
class Words:
    """What only the firm knows: who there is, what it sells, which labels fields of the customer have."""

    names: Names = field(default_factory=Names)
    products: Iterable[str] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Read:
    sections: list[Section]
    findings: list[Finding]


def clean(line: str) -> str:
    return unicodedata.normalize("NFKC", line[:LONGEST_LINE]).strip()


def read(text: str, today: date, words: Words | None = None) -> Read:
    """The whole text; `today` is the day of the meeting, from which 明日 is counted."""
    words = words or Words()
    sections = [Section("")]
    findings: list[Finding] = []
    seen: dict[str, int] = {}
    whole = fold(text)
    products = [pair for pair in folded_words(words.products) if pair[0] in whole]
    for number, raw in enumerate(text.splitlines()[:MOST_LINES]):
        line = clean(raw)
        heading = _HEADING.fullmatch(line)
        if heading:
            sections.append(Section(next(part for part in heading.groups()[:3] if part).strip()))
            line = heading.group(4).strip()
        if not line:
            continue
        sections[-1].lines.append(line)
        if len(findings) >= MOST_FINDINGS:
            continue
        for finding in _line(line, number, sections[-1].name, today, words, products):
            nth = seen[finding.key] = seen.get(finding.key, -1) + 1
            findings.append(_numbered(finding, nth))
    return Read([each for each in sections if each.name or each.lines], findings)


def _line(
    line: str, number: int, heading: str, today: date, words: Words, products: list[tuple[str, str]]
) -> Iterable[Finding]:
    plain = _BULLET.sub("", line, count=1) if _BULLET.match(line) else line
    about = {"number": number, "heading": heading}
    if found := _DECISION.fullmatch(plain):
        yield _made(DECISION, plain, text=found.group(1), **about)
    elif found := _NEXT.fullmatch(plain):
        yield from _next(found.group(1), plain, today, about)
    elif found := _VOICE.fullmatch(plain):
        yield _made(VOICE, plain, text=found.group(2), topic=TOPICS[found.group(1).lower()], **about)
    elif found := _TODO.fullmatch(plain):
        yield _task(found.group(1) or found.group(2), plain, today, words, about)
    elif (found := _BRACKETED.fullmatch(plain)) and words.names.one(found.group(1)):
        yield _task(plain, plain, today, words, about)
    elif found := _QUESTION.fullmatch(plain):
        yield _made(QUESTION, plain, text=found.group(1) or found.group(2), **about)
    elif changed := _change(plain, words):
        label, value = changed
        yield _made(CHANGE, plain, text=value, field=words.labels[label], more=label, **about)
    elif plain.endswith("?"):
        yield _made(QUESTION, plain, text=plain, **about)
    elif plain != line:
        yield from _below(plain, heading, today, words, about)
    yield from _facts(plain, products, about)


def _below(
    plain: str, heading: str, today: date, words: Words, about: dict[str, object]
) -> Iterable[Finding]:
    """A list item is what its heading says."""
    name = "".join(heading.split()).casefold()
    kind = BELOW.get(name, "")
    if kind == TASK:
        yield _task(plain, plain, today, words, about)
    elif kind == PLAN:
        yield from _next(plain, plain, today, about)
    elif kind == VOICE:
        yield _made(VOICE, plain, text=plain, topic=_TOPICS_BELOW.get(name, "trouble"), **about)
    elif kind:
        yield _made(kind, plain, text=plain, **about)


def _next(text: str, line: str, today: date, about: dict[str, object]) -> Iterable[Finding]:
    day = next(iter(days_in(text, today)), None)
    if day is None:
        return
    clock, rest = _clock(text[day.end :])
    subject = _tidy(text[: day.start] + " " + rest)
    yield _made(PLAN, line, text=subject, day=day.day, clock=clock, **about)


def _task(text: str, line: str, today: date, words: Words, about: dict[str, object]) -> Finding:
    """(担当) first, the day anywhere; what is left is what has to be done."""
    who = None
    if (found := _WHO.fullmatch(text)) and (who := words.names.one(found.group(1))):
        text = found.group(2)
    elif (start := re.match(r"([^\s、:：]{1,12})[\s:：、]+(.+)", text)) and (
        who := words.names.one(start.group(1))
    ):
        text = start.group(2)
    day = next(iter(days_in(text, today)), None)
    if day is not None:
        text = _without(text, day)
    return _made(TASK, line, text=_tidy(text) or line, who=who, day=day.day if day else None, **about)


def _without(text: str, day: Day) -> str:
    before, after = text[: day.start].rstrip(" (（"), _BEFORE.sub("", text[day.end :])
    return before + after.lstrip(" )）")


def _tidy(text: str) -> str:
    return _ENDS.sub("", " ".join(text.replace("()", "").replace("（）", "").split())).strip(" 、。")


def _clock(text: str) -> tuple[time | None, str]:
    found = _CLOCK.search(text)
    if found is None:
        return None, text
    minute = 30 if found.group(3) else int(found.group(2) or found.group(4) or 0)
    rest = f"{text[: found.start()]} {text[found.end() :]}".replace("から", " ").replace("〜", " ")
    return time(int(found.group(1)), minute), rest


def _change(line: str, words: Words) -> tuple[str, str] | None:
    """The longest label that begins the line, and the new value behind the arrow."""
    for label in sorted(words.labels, key=len, reverse=True):
        if line.startswith(label) and (found := _CHANGED.fullmatch(line[len(label) :])):
            return label, found.group(1).strip()
    return None


def _facts(line: str, products: list[tuple[str, str]], about: dict[str, object]) -> Iterable[Finding]:
    for amount in amounts_in(line):
        written = line[amount.start : amount.end].strip()
        yield _made(AMOUNT, line, text=written, yen=amount.yen, more=line, **about)
    for quantity in quantities_in(line):
        yield _made(QUANTITY, line, text=line[quantity.start : quantity.end], more=line, **about)
    folded = fold(line) if products else ""
    for product, written in products:
        if product in folded:
            yield _made(PRODUCT, line, text=written, more=line, **about)


def _made(kind: str, line: str, **values: object) -> Finding:
    text = " ".join(line.split())
    key = hashlib.sha256(f"{kind}|{values.get('text')}|{text}".encode()).hexdigest()[:16]
    return Finding(kind, key, **values)  # type: ignore[arg-type]


def _numbered(finding: Finding, nth: int) -> Finding:
    """The same line twice is two things to do."""
    if not nth:
        return finding
    return Finding(**{**finding.__dict__, "key": f"{finding.key}-{nth}"})
