"""What is kept about backups."""

from daifuku.backups.models.backup import Backup
from daifuku.backups.models.recovery_key import RecoveryKey

__all__ = ["Backup", "RecoveryKey"]
