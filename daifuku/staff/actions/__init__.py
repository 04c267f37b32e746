"""What can be done with people, teams, roles and the firm itself."""

from daifuku.staff.actions.founding import found_company

__all__ = ["found_company"]
