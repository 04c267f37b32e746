"""The command `daifuku`: starts the program, and everything else one does from a terminal.

`up`, `manage` and `bench` are built in. Every management command of an area is a verb too, so that an area brings its
own: its `verb` (where the Japanese or English word is no name for a Python file, as in `import`), else its file's name.
"""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from daifuku.foundation.settings import SettingError

if TYPE_CHECKING:
    from django.core.management.base import BaseCommand

BUILT_IN = {
    "up": "start web and worker (up --help tells how phones reach it)",
    "bench": "fill a database of its own, then measure list, open, save and import",
    "manage": "Django's own commands: manage migrate, manage shell ...",
}


def main(arguments: list[str] | None = None) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "daifuku.settings")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        return _run(given[0] if given else "help", given[1:])
    except SettingError as error:
        print(error, file=sys.stderr)
        return 2


def _run(verb: str, rest: list[str]) -> int:
    if verb == "up":
        from daifuku.cli.up import up

        return up(rest)
    if verb == "bench":
        from daifuku.cli.bench import bench

        return bench(rest)
    if verb == "manage":
        from django.core.management import ManagementUtility

        ManagementUtility(["daifuku manage", *rest]).execute()
        return 0
    verbs = discover()
    if verb in verbs:
        from django.utils import translation

        from daifuku.server import words

        with translation.override(words.language()):
            verbs[verb].run_from_argv(["daifuku", verb, *rest])
        return 0
    asked = verb in {"help", "-h", "--help"}
    print(overview(verbs) if asked else f'daifuku knows no verb "{verb}".\n\n{overview(verbs)}')
    return 0 if asked else 2


def discover() -> dict[str, BaseCommand]:
    """The verbs that the areas bring; one whose `verb` is empty is for programs, not for people."""
    import django
    from django.core.management import get_commands, load_command_class

    django.setup()
    verbs = {}
    for name, app in get_commands().items():
        if isinstance(app, str) and app.startswith("daifuku."):
            command = load_command_class(app, name)
            verb = getattr(command, "verb", name.replace("_", "-"))
            if verb:
                verbs[verb] = command
    return dict(sorted(verbs.items()))


def overview(verbs: dict[str, BaseCommand]) -> str:
    lines = BUILT_IN | {verb: str(command.help).strip().split("\n")[0] for verb, command in verbs.items()}
    width = max(map(len, lines)) + 2
    listing = "\n".join(f"  {verb:{width}}{line}" for verb, line in lines.items())
    return f"daifuku VERB, where VERB is one of\n{listing}"
