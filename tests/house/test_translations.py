"""Whoever chose English reads English, whoever chose Japanese Japanese: every text has both, every page shows one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.template.base import Lexer, TokenType
from django.test import Client
from pytest_django import DjangoDbBlocker

from daifuku.deals import shipped
from daifuku.foundation.towns import PREFECTURES
from daifuku.handover import notice
from daifuku.milestones import shipped as milestones
from daifuku.staff.models import Person
from tests.house.routes import ROWS
from tests.support import catalogue
from tests.support.matrix import FORM
from tests.support.routes import routes
from tests.support.shown import english, everything_entered, japanese
from tests.support.sources import name_of
from tests.support.words import (
    JAPANESE,
    Word,
    called,
    names_of_gettext,
    sources,
    words,
    words_of_code,
    words_of_template,
)
from tests.support.world import World

KNOWN = {route.name: route for route in routes()}
ADMINISTRATOR = 4
MEND = "Call ./run words, fill in what is empty in daifuku/locale/en/LC_MESSAGES/django.po, and call it again"

# Japanese that belongs into an English sentence: what a Japanese person types, what the sign is called.
IN_ENGLISH_SENTENCES = {
    "ほうえい", "ﾎｳｴｲ", "豊栄", "令和", "年", "月", "日", "〓", "【", "】", "【】", "円", "普通", "当座", "貯蓄",
    "来週金曜", "来月末", "「", "」", "、", "お困りのこと", "課題", "・予算（数字）", "見積の返事を聞く、",
    "3日後", "日後", "万", "万円",
    *(f"【{slot}】" for slot in notice.SLOTS), "リンク", "{値}", "{会社名}", "{氏名}", "{商品}", "{日付}",
    "会社名 or 氏名",
}  # fmt: skip
# Japanese that everybody is shown: the language's own name, the prefectures of addresses, the line between two days.
FOR_EVERYBODY = {"日本語", *PREFECTURES, "〜"} | IN_ENGLISH_SENTENCES
# Of a firm that has changed nothing: its sales process and its milestones, written in Japanese for Japanese firms.
SHIPPED = str(shipped.PROCESSES) + str(milestones.PLANS)
# How the blanks of a heading are typed, and those of a deal's name and of a text that is filled with a value.
BLANKS = {"・予算（", "・導入の時期（", "・決める人（", "）", "値", "日付", "氏名"}
# English that a Japanese page shows as it is.
AS_IT_IS = {"Problem (RFC 9457)"}


def entries() -> list[catalogue.Entry]:
    return catalogue.entries(catalogue.read())


def test_every_text_has_its_english() -> None:
    missing = [entry.word.msgid for entry in entries() if not all(entry.english)]
    assert not missing, f"{MEND}: {missing}"


def test_nothing_is_translated_that_nobody_says() -> None:
    assert set(catalogue.read()) - set(words()) == set(), MEND


def test_placeholders_are_the_same_in_both_languages() -> None:
    other = [
        (entry.word.msgid, text)
        for entry in entries()
        for text in entry.english
        if catalogue.placeholders(text) != catalogue.placeholders(entry.word.msgid)
    ]
    assert other == []


def test_english_sentences_are_english() -> None:
    found = [text for entry in entries() for text in entry.english if left_over(text)]
    assert found == []


def left_over(text: str) -> str:
    """The longest first: 3日後 is no 日 with something around it."""
    for allowed in sorted(IN_ENGLISH_SENTENCES, key=len, reverse=True):
        text = text.replace(allowed, "")
    return "".join(JAPANESE.findall(text))


def test_the_compiled_file_is_made_of_the_written_one() -> None:
    assert catalogue.MO.read_bytes() == catalogue.compiled(catalogue.read()), MEND


def test_what_is_written_is_read_again(tmp_path: Any) -> None:
    word = Word("%(n)s件の\n「見積」\t\\", "場所", "%(n)s件の\n「見積」\t\\")
    entry = catalogue.Entry(word, ('%(n)s "quote"\n', "%(n)s quotes\n"), ["daifuku/a.py"])
    catalogue.write([entry], tmp_path / "django.po")
    assert catalogue.read(tmp_path / "django.po") == {word: entry.english}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('from django.utils.translation import gettext_lazy as _\n_("保存" "する")', [Word("保存する")]),
        ('from django.utils.translation import ngettext\nngettext("%s件", "%s件", n)', [Word("%s件", "", "%s件")]),
        ('from django.utils.translation import pgettext as p\np("役割", "担当")', [Word("担当", "役割")]),
        ('print("保存")', []),
    ],
)  # fmt: skip
def test_texts_of_code_are_found(source: str, found: list[Word]) -> None:
    assert list(words_of_code(source)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('{% translate "保存" %}', [Word("保存")]),
        ("{% blocktranslate with n=a.b %}{{ n }}件{% endblocktranslate %}", [Word("%(n)s件")]),
        (
            "{% blocktranslate count n=x %}{{ n }}件{% plural %}{{ n }}件{% endblocktranslate %}",
            [Word("%(n)s件", "", "%(n)s件")],
        ),
        ('{{ names|join:_("、") }}', [Word("、")]),
        ("保存", []),
    ],
)
def test_texts_of_templates_are_found(source: str, found: list[Word]) -> None:
    assert list(words_of_template(source)) == found


# In a template signs count as well; a dot in the middle and a line between two days belong to no language.
SPOKEN = re.compile(f"{JAPANESE.pattern}|[、。「」（）：]")


def test_no_template_speaks_japanese_to_everybody() -> None:
    found = []
    for path in sources():
        # A paper of the firm is Japanese, whatever language whoever prints it reads.
        if path.suffix != ".py" and "/pdf/" not in name_of(path) and not is_data(name_of(path)):
            for line, text in bare(path.read_text(encoding="utf-8")):
                found.append(f"{name_of(path)}:{line} {text}")
    assert found == []


def bare(source: str) -> Iterator[tuple[int | None, str]]:
    """Japanese of a template outside of the tags that translate."""
    inside = ""
    for token in Lexer(source).tokenize():
        if token.token_type == TokenType.BLOCK:
            word = token.contents.split()[0]
            if word in {"blocktranslate", "comment"}:
                inside = word
            elif word == f"end{inside}":
                inside = ""
        elif token.token_type == TokenType.TEXT and not inside and SPOKEN.search(token.contents):
            yield token.lineno, token.contents.strip()


# Code that reads Japanese or writes it for Japanese eyes only: what people type, addresses, numbers, names of eras;
# so are demonstrations and synonyms of headings, wherever they are.
DATA = (
    "daifuku/accounting/layouts.py", "daifuku/accounting/models/setting.py",
    "daifuku/billing/actions/sending.py", "daifuku/billing/bank_csv.py", "daifuku/billing/demo_payments.py",
    "daifuku/billing/paper.py", "daifuku/billing/payers.py", "daifuku/billing/statement_paper.py",
    "daifuku/cards/mailbox/sorting.py", "daifuku/cards/reading/", "daifuku/conversion/mapping/fitting.py",
    "daifuku/conversion/models/setup.py", "daifuku/conversion/naming.py", "daifuku/dedupe/invented/",
    "daifuku/dedupe/matching/", "daifuku/merging/proposing.py", "daifuku/milestones/shipped.py",
    "daifuku/catalog/objects/price.py", "daifuku/activities/schedule/holidays.py", "daifuku/billing/closing.py",
    "daifuku/catalog/objects/unit_price.py", "daifuku/cli/bench/", "daifuku/customers/objects/shared.py",
    "daifuku/deals/actions/stage_details.py", "daifuku/deals/shipped.py", "daifuku/documents/lines.py",
    "daifuku/documents/views/issuer.py", "daifuku/foundation/", "daifuku/handover/notice.py",
    "daifuku/orders/papers.py", "daifuku/quotes/actions/sending.py", "daifuku/quotes/paper.py",
    "daifuku/quotes/views/sending.py", "daifuku/ledger/sealing.py", "daifuku/minutes/docx.py",
    "daifuku/minutes/headings.py", "daifuku/minutes/reading/", "daifuku/records/actions/converting.py",
    "daifuku/records/catalogue/types/choice.py", "daifuku/records/formulas/spellings.py",
    "daifuku/records/search/words.py", "daifuku/records/showing.py", "daifuku/settings.py",
    "daifuku/staff/testing.py", "daifuku/transfers/exporting/columns.py", "daifuku/transfers/mapping.py",
    "daifuku/transfers/notes/proposing.py", "daifuku/transfers/planning.py",
    "daifuku/transfers/reading/cells.py", "daifuku/transfers/reading/vcard.py",
    "daifuku/transfers/reports/", "daifuku/transfers/targets.py",
)  # fmt: skip


def test_code_speaks_through_gettext() -> None:
    found = [
        f"{name_of(path)}:{line} {text}"
        for path in sources()
        if path.suffix == ".py" and not is_data(name_of(path))
        for line, text in outside_gettext(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def is_data(name: str) -> bool:
    return (
        name.startswith(DATA) or "/demo/" in name or name.endswith(("/demo.py", "/synonyms.py", "/apps.py"))
    )


def outside_gettext(source: str) -> Iterator[tuple[int, str]]:
    tree = ast.parse(source)
    names = names_of_gettext(tree)
    said = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) in names:
            said |= {id(part) for argument in node.args for part in ast.walk(argument)}
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            said.add(id(node.value))
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) else ""
        if isinstance(text, str) and JAPANESE.search(text) and id(node) not in said:
            yield getattr(node, "lineno", 0), text


@pytest.fixture(scope="module")
def entered(world: World, django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        return everything_entered()


def pages(world: World, language: str) -> Iterator[tuple[str, str]]:
    """Every page that the administrator is let into, and every form that he sends empty."""
    with transaction.atomic():
        Person.objects.update(language=language)
        for name, row in ROWS.items():
            address = KNOWN[name].address(world.places[row.about].open)
            for method in row.methods:
                if row.of(method)[ADMINISTRATOR] in ("o" if method == "GET" else "i"):
                    yield f"{method} {address}", page(world.client("administrator"), method, address)
        for name in ("account_login", "account_reset_password"):
            anonymous = Client(headers={"accept-language": language})
            yield f"anonymous {name}", page(anonymous, "GET", KNOWN[name].address({}))
            yield f"anonymous POST {name}", page(anonymous, "POST", KNOWN[name].address({}))
        transaction.set_rollback(True)


def page(client: Client, method: str, address: str) -> str:
    with transaction.atomic():
        body = b"csrfmiddlewaretoken=x" if method == "POST" else b""
        answer: Any = client.generic(method, address, body, FORM)
        transaction.set_rollback(True)
    if answer.streaming or "html" not in answer.headers.get("Content-Type", ""):
        return ""
    return answer.content.decode()


@pytest.mark.sqlite
@pytest.mark.django_db
def test_pages_in_english_show_no_japanese_but_data(world: World, entered: str) -> None:
    found: dict[str, list[str]] = {}
    for address, html in pages(world, "en"):
        for text in japanese(html):
            if text not in entered and text not in SHIPPED and text not in FOR_EVERYBODY | BLANKS:
                found.setdefault(text, []).append(address)
    assert found == {}


@pytest.mark.sqlite
@pytest.mark.django_db
def test_pages_in_japanese_show_no_english_sentence(world: World, entered: str) -> None:
    found: dict[str, list[str]] = {}
    for address, html in pages(world, "ja"):
        for text in english(html):
            if text not in entered and text not in AS_IT_IS:
                found.setdefault(text, []).append(address)
    assert found == {}
