"""A proposal for the next edition of a template is taken, with one press."""

from __future__ import annotations

from daifuku.foundation.errors import NotFound
from daifuku.ledger import writing as ledger
from daifuku.minutes.actions.changing import change_template
from daifuku.minutes.models import Template
from daifuku.minutes.statistics import FIELD, applied, statistics_of
from daifuku.records.actions.custom_fields import add_field
from daifuku.records.actions.powers import need_settings
from daifuku.staff.models import Person


def apply_proposal(template: Template, kind: str, name: str, *, by: Person) -> Template:
    """The next edition. A heading that becomes a field leaves the template, and talks have a field of its name. Undoing
    it takes the field back as well, as long as nobody has filled it in.

    Raises NotFound (the numbers do not say so any more), Invalid, Conflict (there is such a field), Forbidden.
    """
    need_settings(by)
    told = statistics_of(template.edition)
    proposal = next((each for each in told.proposals if (each.kind, each.name) == (kind, name)), None)
    if proposal is None:
        raise NotFound
    with ledger.writing():
        field = add_field("talk", "text", proposal.name, by=by) if proposal.kind == FIELD else None
        headings = {"headings": applied(told.edition, proposal)}
        return change_template(template, headings, by=by, field=field)
