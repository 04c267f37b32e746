from daifuku.messages.models.mail import Mail
from daifuku.messages.models.notice import Notice

__all__ = ["Mail", "Notice"]
