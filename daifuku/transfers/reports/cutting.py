"""Cuts one report into the parts that each tell of a customer, by the headings that people write in front of them.

A heading is 【name】, or ■ ● ◆ ○ □ ・ or a number before a name, or a line that is nothing but a customer's name, with
様, brackets, a time or a colon around it. Words that head a part of any report (所感, 明日の予定) name no customer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field

LONGEST = 60
MARKS = "■□●○◆◇▼▽▲△★☆◎◉▶►＊*#♦・"
BRACKETS = re.compile(
    rf"^[\s　]*[{re.escape(MARKS)}]*[\s　]*[【\[［〔]([^】\]］〕]{{1,{LONGEST}}})[】\]］〕](.*)$"
)
MARKED = re.compile(rf"^[\s　]*[{re.escape(MARKS)}][\s　]*(.{{1,{LONGEST}}}?)[\s　]*$")
NUMBERED = re.compile(
    rf"^[\s　]*(?:[(（]?[0-9０-９]{{1,2}}[)）.．、]|[①-⑳])[\s　]*(.{{1,{LONGEST}}}?)[\s　]*$"
)
CLOCK = r"[0-9０-９]{1,2}[:：時][0-9０-９]{0,2}分?"
TIME = re.compile(rf"^[\s　]*{CLOCK}(?:[\s　]*[-〜～~ー―][\s　]*{CLOCK})?[\s　]*")
METHODS = (
    ("訪問", "訪問"), ("来社", "その他"), ("来店", "その他"), ("電話", "電話"), ("TEL", "電話"), ("架電", "電話"),
    ("メール", "メール"), ("オンライン", "オンライン会議"), ("WEB会議", "オンライン会議"), ("Zoom", "オンライン会議"),
)  # fmt: skip
ASIDE = re.compile(r"[(（][^)）]{0,20}[)）]\s*$")
POLITE = re.compile(r"[\s　]*(?:様|さま|さん|殿|御中)?[\s　]*(?:へ|に|と)?[\s　]*(?:を|へ)?[\s　]*$")
# Nobody writes 様 or 御中 at the end of a line but behind a name.
ADDRESSED = re.compile(
    rf"[^\s　][\s　]*(?:様|御中)[\s　]*(?:{'|'.join(word for word, _method in METHODS)})?[:：]?[\s　]*$"
)
# Parts of any report that tell of no customer.
GENERAL = frozenset((
    "所感", "感想", "反省", "反省点", "気づき", "気付き", "連絡事項", "連絡", "報告", "報告事項", "その他",
    "明日の予定", "翌日の予定", "予定", "明日", "課題", "問題点", "本日の予定", "本日の活動", "活動内容",
    "業務内容", "作業内容", "内勤", "社内", "会議", "移動", "備考", "メモ", "まとめ", "今後の予定", "次回予定",
    "TODO", "相談", "相談事項", "営業日報", "日報",
))  # fmt: skip
# Parts inside of what is told of a customer.
INSIDE = frozenset((
    "内容", "商談内容", "結果", "目的", "要件", "用件", "次回", "次のアクション", "対応", "対応内容", "状況",
    "面談者", "金額", "決定", "決定事項", "宿題",
))  # fmt: skip


@dataclass
class Block:
    """`heading` as it is written, "" for what stands before the first one; `name` is what may be a customer's."""

    heading: str = ""
    name: str = ""
    lines: list[str] = field(default_factory=list)
    method: str = ""

    @property
    def text(self) -> str:
        return "\n".join(self.lines).strip()


Known = Callable[[str], bool]


def names_in(text: str) -> set[str]:
    """What may be a customer's name somewhere in this report, to be looked up together with those of other reports."""
    return {name for line in text.splitlines() for name, _rest, _sure in candidates(line) if name}


def cut(text: str, known: Known) -> list[Block]:
    """The blocks in their order; nothing of the text is lost. `known(name)` says whether a customer is called so."""
    blocks = [Block()]
    for line in text.splitlines():
        found = _heading(line, known)
        if found is None:
            blocks[-1].lines.append(line)
            continue
        name, rest = found
        blocks.append(Block(line.strip(), name, [rest] if rest else [], method_in(line)))
    return [block for block in blocks if block.heading or block.text]


def candidates(line: str) -> list[tuple[str, str, bool]]:
    """(name, what follows on the same line, whether the writing alone makes it a heading) each, the likeliest first."""
    plain = line.strip()
    if not plain:
        return []
    if found := BRACKETS.match(line):
        return [(cleaned(found[1]), found[2].strip(" 　:："), True)]
    bare = TIME.sub("", plain)
    found_mark = MARKED.match(bare) or MARKED.match(plain) or NUMBERED.match(bare)
    core, sure = bare, False
    if found_mark:
        core, sure = TIME.sub("", found_mark[1]), found_mark.re is MARKED and "・" not in plain[:1]
    told = []
    head, colon, rest = _at_colon(core)
    if colon and head:
        told.append((cleaned(head), rest, False))
    if len(core) <= LONGEST:
        told.append((cleaned(core), "", (sure or bool(ADDRESSED.search(core))) and not _is_sentence(core)))
    return [each for each in told if each[0]]


def cleaned(name: str) -> str:
    """青葉商事様（訪問） -> 青葉商事."""
    name = ASIDE.sub("", name.strip(" 　:：「」『』"))
    for word, _method in METHODS:
        name = re.sub(rf"(?:[\s　・/／]+|様[\s　]*(?:へ|に|を)?[\s　]*){re.escape(word)}[\s　]*$", "", name)
        name = re.sub(rf"^{re.escape(word)}[\s　・/／:：]+", "", name)
    return POLITE.sub("", name.strip(" 　:：「」『』")).strip()


def method_in(line: str) -> str:
    folded = unicodedata.normalize("NFKC", line).upper()
    return next((method for word, method in METHODS if word.upper() in folded), "")


def is_general(name: str) -> bool:
    folded = unicodedata.normalize("NFKC", name).replace(" ", "").upper()
    return folded in GENERAL


def _heading(line: str, known: Known) -> tuple[str, str] | None:
    for name, rest, sure in candidates(line):
        if name in INSIDE:
            return None
        if known(name):
            return name, rest
        if sure or is_general(name):
            return ("", rest) if is_general(name) else (name, rest)
    return None


def _at_colon(text: str) -> tuple[str, str, str]:
    for colon in ("：", ":"):
        head, found, rest = text.partition(colon)
        if found and len(head) <= LONGEST and rest.strip():
            return head, found, rest.strip()
    return text, "", ""


def _is_sentence(text: str) -> bool:
    return text.endswith(("。", "．", "た", "る", "す", "い")) or "。" in text
