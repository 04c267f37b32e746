"""A file that cannot be read, with a sentence that says what to do."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.foundation.errors import FieldProblem, Invalid

COLUMNS_LIMIT = 500


def refused(sentence: object, code: str, field: str = "file") -> Invalid:
    return Invalid([FieldProblem(field, sentence, code=code)])


def too_many_columns(count: int) -> Invalid:
    return refused(
        _("列が多すぎます（%(count)s列）。%(limit)s列までにしてください。")
        % {"count": count, "limit": COLUMNS_LIMIT},
        "too_many_columns",
    )
