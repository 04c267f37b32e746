"""The views of orders that come with the program: until the money is in, and what is late."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from daifuku.records.saved_views import Shipped

WAITING = {"field": "state", "op": "any_of", "value": ["open", "partly"]}
UNPAID = {"field": "state", "op": "any_of", "value": ["open", "partly", "delivered", "invoiced"]}
MINE = {"field": "owner", "op": "any_of", "value": ["me"]}
VIEWS = (
    Shipped("running", _("入金まで"), sort="due_on", condition={"all": [UNPAID]}),
    Shipped("of_mine", _("自分の担当で入金まで"), sort="due_on", condition={"all": [UNPAID, MINE]}),
    Shipped(
        "late", _("納期超過"), sort="due_on",
        condition={"all": [WAITING, {"field": "due_on", "op": "before", "value": "today"}]},
    ),
)  # fmt: skip
