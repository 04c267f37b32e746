"""What the documents say is true: every setting, verb and package is described, and every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from daifuku.cli import BUILT_IN, discover
from tests.support.sources import ROOT, files, name_of

SETTING = re.compile(r"""["'](DAIFUKU_[A-Z_]+)["']""")
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def text(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def documented(path: str) -> set[str]:
    """The first column of the tables in a document, without its backquotes."""
    return set(re.findall(r"^\| `([^`]+)`", text(path), re.MULTILINE))


def test_the_table_of_settings_has_exactly_the_settings_that_the_code_reads() -> None:
    sources = [
        path
        for path in files(".py")
        if name_of(path).startswith("daifuku/") and "/tests/" not in name_of(path)
    ]
    read = {name for path in sources for name in SETTING.findall(path.read_text(encoding="utf-8"))}
    assert documented("docs/ops/settings.md") == read


def test_every_verb_of_run_is_in_the_readme() -> None:
    listing = subprocess.run(["./run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    verbs = re.findall(r"^  (\w+)", listing, re.MULTILINE)
    assert len(verbs) > 8
    readme = text("README.md")
    assert [verb for verb in verbs if f"./run {verb}" not in readme] == []


def test_every_verb_of_the_command_is_documented() -> None:
    assert documented("docs/ops/commands.md") == {*BUILT_IN, *discover()}


def test_every_package_says_why_it_is_here() -> None:
    project = tomllib.loads(text("pyproject.toml"))
    asked = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    names = {re.split(r"[\[<>=]", requirement)[0] for requirement in asked}
    assert names - documented("docs/dev/dependencies.md") == set()


def links() -> Iterator[tuple[Path, str]]:
    for path in files(".md"):
        prose = re.sub(r"^```.*?^```", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
        for target in LINK.findall(prose):
            if "://" not in target and not target.startswith(("#", "mailto:")):
                yield path, target


@pytest.mark.parametrize(
    ("path", "target"), list(links()), ids=lambda value: name_of(value) if isinstance(value, Path) else value
)
def test_a_link_leads_somewhere(path: Path, target: str) -> None:
    assert (path.parent / unquote(target.split("#")[0])).exists()


def test_both_readmes_tell_the_same_commands() -> None:
    commands = [
        re.findall(r"^(?:\./run|pip|daifuku) .*$", text(name), re.MULTILINE)
        for name in ("README.md", "README.ja.md")
    ]
    assert commands[0] == commands[1]
    assert commands[0]
