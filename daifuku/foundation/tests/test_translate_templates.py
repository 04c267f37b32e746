"""A fixed text in a template is looked up once a language; all other texts are looked up as they come."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils.translation import override


def drawn(text: str, **values: object) -> tuple[str, str]:
    template = Template("{% load i18n %}" + text)
    answers = []
    for language in ("ja", "en", "ja", "en"):
        with override(language):
            answers.append(template.render(Context(values)))
    assert answers[:2] == answers[2:]
    return answers[0], answers[1]


@pytest.mark.parametrize(
    "text",
    [
        '{% translate "保存" %}',
        '{% trans "保存" %}',
        '{% translate "保存" as words %}{{ words }}',
        "{% translate words %}",
    ],
)
def test_each_language_has_its_own_words(text: str) -> None:
    assert drawn(text, words="保存") == ("保存", "Save")


def test_a_word_with_two_meanings_follows_its_context() -> None:
    assert drawn('{% translate "ファイル" context "many" %}') == ("ファイル", "Files")


def test_what_a_value_says_is_escaped() -> None:
    assert drawn("{% translate words %}", words="<b>") == ("&lt;b&gt;", "&lt;b&gt;")
