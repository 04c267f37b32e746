"""Addresses of this room: the rule book for everybody, the rules and the book's text for whoever keeps them."""

from __future__ import annotations

from django.urls import path

from daifuku.rules.views import book, publishing, rule, rules, writing

app_name = "rules"
ONE = "settings/rules/<uuid:uid>/"
urlpatterns = [
    path("rule-book/", book.book_page, name="book"),
    path("rule-book/confirm/", book.confirm_page, name="confirm"),
    path("rule-book/compare/", book.compare_page, name="compare"),
    path("rule-book/<int:number>/", book.edition_page, name="edition"),
    path("settings/rules/", rules.rules_page, name="rules"),
    path("settings/rules/install/", rules.install_page, name="install"),
    path("settings/rules/new/", rule.new_rule_page, name="new_rule"),
    path("settings/rules/fields/", rule.fields_part, name="fields"),
    path("settings/rules/book/", writing.write_page, name="write"),
    path("settings/rules/publish/", publishing.publish_page, name="publish"),
    path("settings/rules/readers/", publishing.readers_page, name="readers"),
    path("settings/rules/remind/", publishing.remind_page, name="remind"),
    path(ONE, rule.rule_page, name="rule"),
    path(f"{ONE}switch/", rules.switch_page, name="switch"),
    path(f"{ONE}remove/", rules.remove_page, name="remove"),
]
