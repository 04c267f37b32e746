"""What opens something without signing in does not get into the log: whoever reads it could use it."""

from __future__ import annotations

import logging
import re

# /calendar/SECRET.ics, /join/SECRET/, /setup/SECRET/, /q/SECRET/ of a customer, and the link that gives a new password.
_SECRET = re.compile(r"(/(?:calendar|join|setup|q|password/reset/key)/)[^/\s\"'?]+")


class HideSecrets(logging.Filter):
    """Writes … for the secret part of an address, in the sentence and in what is put into it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(each) if isinstance(each, str) else each for each in record.args)
        return True


def hidden(text: str) -> str:
    return _SECRET.sub(r"\1…", text)
