"""What `daifuku VERB` finds, and what it says when there is nothing to find."""

from __future__ import annotations

import pytest
from django.core.management.base import BaseCommand, CommandError

from daifuku import cli


class Import(BaseCommand):
    """A command whose verb could not be a Python file's name."""

    help = "bring records in from a file\nand more about it"
    verb = "import"
    requires_system_checks = ()

    def add_arguments(self, parser: object) -> None:
        parser.add_argument("file")  # type: ignore[attr-defined]

    def handle(self, *arguments: object, **options: object) -> None:
        if options["file"] == "missing.csv":
            raise CommandError("missing.csv がありません。")
        self.stdout.write(f"{options['file']} を取り込みました。")


class Inner(BaseCommand):
    """A command for programs, which people are not offered."""

    verb = ""

    def handle(self, *arguments: object, **options: object) -> None: ...


class Plain(BaseCommand):
    help = "as it is called"

    def handle(self, *arguments: object, **options: object) -> None: ...


COMMANDS: dict[str, type[BaseCommand]] = {"import_records": Import, "inner": Inner, "plain_one": Plain}


@pytest.fixture(autouse=True)
def areas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        "django.core.management.get_commands",
        lambda: {**dict.fromkeys(COMMANDS, "daifuku.somewhere"), "migrate": "django.core"},
    )
    monkeypatch.setattr("django.core.management.load_command_class", lambda app, name: COMMANDS[name]())


def test_an_area_brings_its_verbs_under_the_names_people_use() -> None:
    assert list(cli.discover()) == ["import", "plain-one"]


def test_a_verb_runs_with_its_arguments(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["import", "offices.csv"]) == 0
    assert "offices.csv を取り込みました。" in capsys.readouterr().out


def test_a_failing_verb_says_why_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        cli.main(["import", "missing.csv"])
    assert stop.value.code == 1
    assert "missing.csv がありません。" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["help"], ["--help"]])
def test_without_a_verb_it_lists_them(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[1:]] == ["up", "bench", "manage", "import", "plain-one"]
    assert lines[4].endswith("bring records in from a file")


def test_an_unknown_verb_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["inner"]) == 2
    assert '"inner"' in capsys.readouterr().out
