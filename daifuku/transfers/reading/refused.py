"""A file that cannot be read, with a sentence that says what to do."""

from __future__ import annotations

from daifuku.foundation.errors import FieldProblem, Invalid


def refused(sentence: object, code: str, field: str = "file") -> Invalid:
    return Invalid([FieldProblem(field, sentence, code=code)])
