"""The people, their teams and roles, invitations and the firm, as they are stored."""

from daifuku.staff.models.company import Company
from daifuku.staff.models.invitation import Invitation
from daifuku.staff.models.person import Person
from daifuku.staff.models.role import Role
from daifuku.staff.models.shared_cache import SharedCache
from daifuku.staff.models.team import Membership, Team

__all__ = ["Company", "Invitation", "Membership", "Person", "Role", "SharedCache", "Team"]
