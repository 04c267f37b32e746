"""The templates that a firm has: those that came with the program, and its own."""

from __future__ import annotations

from collections.abc import Sequence

from daifuku.minutes.models import Edition, Template
from daifuku.minutes.reading import Section

# What shares fewer headings with a template was not written by it.
FEWEST_SHARED = 2


def all_templates() -> list[Template]:
    """Retired ones as well, in their order."""
    return list(Template.objects.prefetch_related("editions"))


def offered() -> list[Template]:
    return [template for template in all_templates() if not template.retired]


def newest(template: Template) -> Edition:
    """The edition by which minutes are written now; of templates that were fetched together without a question."""
    return max(template.editions.all(), key=lambda edition: edition.number)


def written_by(sections: Sequence[Section]) -> Edition | None:
    """The edition whose headings the text has, the most of them, of two the one that is there whole; None for a text
    with headings of its own."""
    names = {section.name for section in sections if section.name}
    best, best_so_far = None, (FEWEST_SHARED - 1, True)
    for template in offered():
        edition = newest(template)
        alike = (len(names.intersection(edition.names)), names.issuperset(edition.names))
        if alike > best_so_far:
            best, best_so_far = edition, alike
    return best
