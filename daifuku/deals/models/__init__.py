"""The rows of deals: the firm's processes, deals, who has a say in them, who else wants the order."""

from daifuku.deals.models.deal import Deal
from daifuku.deals.models.person import DealPerson
from daifuku.deals.models.process import Process
from daifuku.deals.models.rival import Rival
from daifuku.deals.models.watch import Watch

__all__ = ["Deal", "DealPerson", "Process", "Rival", "Watch"]
