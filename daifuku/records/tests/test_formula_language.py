"""The language of formulas: read with its full-width signs, refused with the place, worked out without ever failing."""

from __future__ import annotations

import operator
from datetime import date
from decimal import Context, Decimal, DecimalException
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from daifuku.records.formulas.checking import check
from daifuku.records.formulas.evaluating import evaluate
from daifuku.records.formulas.functions import FUNCTIONS, Now
from daifuku.records.formulas.parsing import parse
from daifuku.records.formulas.printing import write
from daifuku.records.formulas.syntax import (
    COMPARISONS,
    STRENGTH,
    Binary,
    Call,
    Kind,
    Literal,
    Node,
    Reference,
    Unary,
    Wrong,
)

NOW = Now(date(2026, 11, 26))
KINDS = {"数": Kind.NUMBER, "名": Kind.TEXT, "日": Kind.DAY, "印": Kind.TRUTH}
HELD = {"数": Decimal(12), "名": "青葉商事", "日": date(2026, 4, 1), "印": True}


def worked_out(text: str, **held: Any) -> Any:
    node = parse(text)
    check(node, lambda reference: KINDS[reference.steps[0]])
    return evaluate(node, lambda reference: (HELD | held)[reference.steps[0]], NOW)


RIGHT: list[tuple[str, Any]] = [
    ("1 + 2 * 3", Decimal(7)),
    ("１＋２×３÷２", Decimal(4)),
    ("-2 ^ 2", Decimal(4)),
    ("2 ^ -1", Decimal("0.5")),
    ("10% * [数]", Decimal("1.2")),
    ("0.1 + 0.2", Decimal("0.3")),
    ("[数] ≧ 12", True),
    ("[数] <> 12", False),
    ('[名] & "御中"', "青葉商事御中"),
    ("［数］ & 1.50", "121.5"),
    ('"二重""引用"', '二重"引用'),
    ('IF([数] > 10, "大", "小")', "大"),
    ('IF([数] > 100, 1, "")', None),
    ("IF(はい, 1)", Decimal(1)),
    ("AND([印], NOT(FALSE))", True),
    ("OR(いいえ, [数] = 12)", True),
    ("ROUND(2.5)", Decimal(3)),
    ("ROUND(-2.5)", Decimal(-3)),
    ("ROUND(12345, -3)", Decimal(12000)),
    ("ROUNDUP(1.01, 1)", Decimal("1.1")),
    ("ROUNDDOWN(-1.99)", Decimal(-1)),
    ("INT(-1.5)", Decimal(-2)),
    ("MOD(-7, 3)", Decimal(2)),
    ("MIN(3, [数], 5)", Decimal(3)),
    ("MAX([日], #2026/5/1#)", date(2026, 5, 1)),
    ("ABS(-3)", Decimal(3)),
    ("LEN([名])", Decimal(4)),
    ("LEFT([名], 2)", "青葉"),
    ("RIGHT([名], 2)", "商事"),
    ("MID([名], 2, 2)", "葉商"),
    ('UPPER("ab") & LOWER("CD")', "ABcd"),
    ('TRIM("  a　 b ")', "a b"),
    ('CONTAINS([名], "商事")', True),
    ('SUBSTITUTE([名], "商事", "物産")', "青葉物産"),
    ('TEXT(1234.5, "#,##0")', "1,235"),
    ('TEXT(0.123, "0.0%")', "12.3%"),
    ('TEXT([日], "yyyy年m月d日(aaa)")', "2026年4月1日(水)"),
    ('TEXT([日], "和暦")', "令和8年4月1日"),
    ('VALUE("￥1,200")', Decimal(1200)),
    ('VALUE("二百")', None),
    ("TODAY()", date(2026, 11, 26)),
    ("DATE(2026, 14, 1)", date(2027, 2, 1)),
    ("YEAR([日]) * 100 + MONTH([日]) + DAY([日])", Decimal(202605)),
    ('DATEADD(#2026-01-31#, 1, "月")', date(2026, 2, 28)),
    ("DATEADD([日], 45)", date(2026, 5, 16)),
    ("DAYS(TODAY(), [日])", Decimal(239)),
    ("WORKDAYS(#2026/5/1#, #2026/5/8#)", Decimal(3)),
    ("FISCALYEAR(#2026/3/31#)", Decimal(2025)),
    ("ISBLANK([名])", False),
    ("IFBLANK(1 / 0, 9)", Decimal(9)),
    ('CASE([名], "青葉商事", 1, "他", 2, 3)', Decimal(1)),
    ('CASE("無", "a", 1, "b", 2)', None),
    ("1 / 0", None),
    ("0 ^ 0", None),
    ("9 ^ 9 ^ 9 ^ 9 ^ 9", None),
    ('DATEADD([日], 9999, "年")', None),
]


@pytest.mark.parametrize(("text", "value"), RIGHT)
def test_a_formula_gives(text: str, value: Any) -> None:
    assert worked_out(text) == value


def test_a_blank_makes_what_is_worked_out_from_it_blank() -> None:
    assert worked_out("[数] + 1", 数=None) is None
    assert worked_out('[名] & "様"', 名=None) == "様"
    assert worked_out("IF([数] > 1, 1, 2)", 数=None) == 2
    assert worked_out("LEN([名])", 名=None) == 0
    assert worked_out("MIN([数], 4)", 数=None) == 4
    assert worked_out("DAYS(TODAY(), [日])", 日=None) is None


WRONG: list[tuple[str, int, str]] = [
    ("", 1, "式を入力"),
    ("1 +", 4, "式の終わり"),
    ("(1 + 2", 7, "「)」が足りません"),
    ("[名", 1, "「]」で閉じられて"),
    ('"名', 1, "閉じられて"),
    ("1 2", 3, "演算子"),
    ("あ", 1, "使えません"),
    ("1 + [名]", 5, "数が必要ですが、文字"),
    ("[日] + 1", 5, "DATEADD"),
    ("[日] > 1", 5, "比べられません"),
    ("[印] > はい", 5, "= か <>"),
    ("FOO(1)", 1, "「FOO」という関数はありません"),
    ("SUM", 1, "関数なら"),
    ("IF(1, 2)", 4, "はい・いいえが必要"),
    ('IF(はい, 1, "a")', 1, "種類をそろえて"),
    ("LEFT()", 1, "LEFT(文字, 数)"),
    ("#2026/2/30#", 1, "という日はありません"),
    ("[a].[b].[c].[d]", 1, "2つ先まで"),
    ("(" * 200 + "1" + ")" * 200, 62, "複雑すぎ"),
    ("+".join("1" * 100), 1, "複雑すぎ"),
    ("1" * 5001, 5001, "5000文字まで"),
]


@pytest.mark.parametrize(("text", "place", "words"), WRONG)
def test_a_mistake_is_told_with_its_place(text: str, place: int, words: str) -> None:
    with pytest.raises(Wrong) as refused:
        check(parse(text), lambda reference: KINDS[reference.steps[0]])
    assert refused.value.message.startswith(f"{place}文字目")
    assert words in refused.value.message


def test_a_text_that_would_grow_without_end_becomes_blank() -> None:
    text = "[名]"
    for _round in range(8):
        text = f'SUBSTITUTE({text}, "青", {text} & {text})' if len(text) < 800 else text
    assert worked_out(text, 名="青" * 200) is None


numbers = st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False).map(
    lambda n: Literal(0, abs(n))
)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8).map(lambda t: Literal(0, t))
days = st.dates(date(1900, 1, 1), date(2100, 1, 1)).map(lambda d: Literal(0, d))
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=6).filter(
    lambda t: t == t.strip()
)
fields = st.lists(names, min_size=1, max_size=3).map(lambda s: Reference(0, tuple(s)))


def grown(inner: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    return st.one_of(
        st.builds(Unary, st.just(0), st.sampled_from("-%"), inner),
        st.builds(Binary, st.just(0), st.sampled_from(sorted(STRENGTH)), inner, inner),
        st.builds(
            Call, st.just(0), st.sampled_from(sorted(FUNCTIONS)), st.lists(inner, max_size=3).map(tuple)
        ),
    )


@given(
    st.recursive(st.one_of(numbers, words, days, fields, st.booleans().map(lambda b: Literal(0, b))), grown)
)
def test_what_is_written_down_reads_as_the_same_formula(node: Node) -> None:
    assert parse(write(node)) == node


@given(st.text(max_size=40))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parse(text)
    except Wrong as refused:
        assert refused.message


held = st.fixed_dictionaries(
    {
        "数": st.none() | st.decimals(allow_nan=False, allow_infinity=False, places=4),
        "名": st.none() | st.text(min_size=1, max_size=30),
        "日": st.none() | st.dates(date(1800, 1, 1), date(2999, 12, 31)),
        "印": st.none() | st.booleans(),
    }
)
simple = st.one_of(
    numbers, words, days, st.sampled_from(sorted(KINDS)).map(lambda k: Reference(0, (k,))),
    st.sampled_from(["日", "月", "年", "#,##0", "0.0%", "和暦"]).map(lambda t: Literal(0, t)),
)  # fmt: skip


@given(st.recursive(simple, grown, max_leaves=12), held)
def test_what_was_checked_is_worked_out_without_failing(node: Node, held: dict[str, Any]) -> None:
    try:
        kind = check(node, lambda reference: KINDS[reference.steps[0]])
    except Wrong:
        return
    value = evaluate(node, lambda reference: held[reference.steps[0]], NOW)
    given_kinds: dict[Kind, Any] = {
        Kind.NUMBER: Decimal,
        Kind.TEXT: str,
        Kind.DAY: date,
        Kind.TRUTH: bool,
        Kind.BLANK: (),
    }
    assert value is None or isinstance(value, given_kinds[kind])
    assert evaluate(node, lambda reference: held[reference.steps[0]], NOW) == value


ARITHMETIC: dict[str, Any] = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
sums = st.recursive(
    numbers,
    lambda inner: st.builds(Binary, st.just(0), st.sampled_from(sorted(ARITHMETIC)), inner, inner),
    max_leaves=10,
)


@given(sums)
def test_arithmetic_is_that_of_decimal_numbers(node: Node) -> None:
    def expected(each: Node) -> Decimal:
        if isinstance(each, Literal):
            assert isinstance(each.value, Decimal)
            return each.value
        assert isinstance(each, Binary)
        with_places = Context(prec=34)
        left, right = expected(each.left), expected(each.right)
        names = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide"}
        return getattr(with_places, names[each.sign])(left, right)

    try:
        wanted: Decimal | None = expected(node)
    except DecimalException:
        wanted = None
    assert evaluate(parse(write(node)), lambda reference: None, NOW) == wanted


def test_every_function_says_how_it_is_used_and_its_example_reads() -> None:
    for function in FUNCTIONS.values():
        assert str(function.usage).startswith(f"{function.name}(")
        assert str(function.help)
        parse(str(function.example))
    assert set(COMPARISONS) <= set(STRENGTH)


def test_every_function_stands_in_the_manual() -> None:
    manual = (Path(__file__).parents[3] / "docs/users/fields.md").read_text(encoding="utf-8")
    for function in FUNCTIONS.values():
        with translation.override("ja"):
            assert f"| `{function.usage}` | {function.help} | `{function.example}` |" in manual
