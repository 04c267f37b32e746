"""What hangs on a record, in whatever room it is kept, and how it comes to hang on another one, and back.

Columns that lead to a record are found in the models themselves (`places`); what a room has to say of one of them, it
says with `ways.say` from `apps.ready()`. `rehang` moves rows and returns what they were before, `put_back` puts that
back. Both are called inside the transaction of a verb, with the records held; `settle` is called after either.
"""

from daifuku.records.hanging import own
from daifuku.records.hanging.counting import Hung, hung_on
from daifuku.records.hanging.moving import rehang
from daifuku.records.hanging.places import Place, places_of
from daifuku.records.hanging.returning import Kept, put_back
from daifuku.records.hanging.settling import settle
from daifuku.records.hanging.telling import retell
from daifuku.records.hanging.ways import STAYS, Special, Way, say, say_afterwards, say_special

__all__ = [
    "STAYS", "Hung", "Kept", "Place", "Special", "Way", "hung_on", "own", "places_of", "put_back", "rehang", "retell",
    "say", "say_afterwards", "say_special", "settle",
]  # fmt: skip
