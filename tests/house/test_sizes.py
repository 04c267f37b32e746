"""A file fits into one head: what is longer than the house rule stands in sizes.json and may only shrink."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from tests.support.sources import ROOT, files, name_of

FILE, FUNCTION, TEMPLATE = 400, 60, 120
LEFT_OVER: dict[str, int] = json.loads((Path(__file__).parent / "sizes.json").read_text())


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{name_of(path)}:{node.name}", (node.end_lineno or node.lineno) - node.lineno + 1


def too_long() -> dict[str, int]:
    found = {name_of(path): lines(path) for path in files(".py", ".js", ".css") if lines(path) > FILE}
    found |= {name_of(path): lines(path) for path in files(".html") if lines(path) > TEMPLATE}
    for path in files(".py"):
        found |= {name: length for name, length in functions(path) if length > FUNCTION}
    return found


def test_no_file_function_or_template_outgrows_its_limit() -> None:
    grown = {name: length for name, length in too_long().items() if length > LEFT_OVER.get(name, 0)}
    assert not grown, (
        f"longer than {FILE} lines a file, {FUNCTION} a function, {TEMPLATE} a template: {grown}"
    )


def test_the_list_of_exceptions_only_shrinks() -> None:
    found = too_long()
    outdated = {name: length for name, length in LEFT_OVER.items() if found.get(name, 0) < length}
    assert not outdated, f"write the smaller numbers into tests/house/sizes.json: {outdated}"


def test_a_javascript_file_holds_one_behaviour() -> None:
    crowded = {
        name_of(path): count
        for path in files(".js")
        if (
            count := len(
                re.findall(r"extends\s+(?:Stimulus\.)?Controller\b", path.read_text(encoding="utf-8"))
            )
        )
        > 1
    }
    assert not crowded, f"more than one Stimulus controller in a file: {crowded}"


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        name_of(path)
        for path in files(".py")
        if path.stat().st_size > 300 and not ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not silent, f"begin these with one sentence that a salesperson understands: {silent}"


def test_the_project_names_no_place_outside_it() -> None:
    assert (ROOT / "pyproject.toml").exists()
    locks = [(ROOT / "requirements" / f"{name}.txt").read_text() for name in ("runtime", "dev")]
    assert all("://" not in lock for lock in locks)
