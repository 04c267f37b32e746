"""Which limits of the firm a quote passes, in words: whoever asks for approval and whoever gives it read the same."""

from __future__ import annotations

from django.utils.translation import gettext as _

from daifuku.quotes.counting import best_rate
from daifuku.quotes.models import Quote
from daifuku.quotes.models.policy import Policy, policy
from daifuku.staff.viewer import Viewer


def reasons(quote: Quote, rules: Policy | None = None) -> list[str]:
    """Empty where nobody need approve. The margin is told without its figure: not everybody may know it."""
    rules = rules or policy()
    found = []
    if rules.discount_limit is not None and quote.discount_rate > rules.discount_limit:
        words = {"rate": quote.discount_rate, "limit": rules.discount_limit}
        found.append(_("値引率%(rate)s%%が基準の%(limit)s%%を超えています") % words)
    best = best_rate(quote) if rules.margin_limit is not None else None
    if rules.margin_limit is not None and best is not None and best < rules.margin_limit:
        found.append(_("粗利率が基準の%(limit)s%%に届きません") % {"limit": rules.margin_limit})
    if rules.amount_limit is not None and quote.total >= rules.amount_limit:
        found.append(_("合計が%(limit)s円以上です") % {"limit": f"{rules.amount_limit:,d}"})
    return found


def may_approve(viewer: Viewer, quote: Quote, asked_by: int | None) -> bool:
    """He has a role that approves, and did not ask for it himself (4-eyes)."""
    return viewer.pk != asked_by and any(role.key in policy().approvers for role in viewer.roles)
