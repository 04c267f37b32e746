"""What waits to be told, and whether it may be."""

from daifuku.messages.models.hold import Hold
from daifuku.messages.models.mail import Mail
from daifuku.messages.models.notice import Notice
from daifuku.messages.models.webhook import Webhook
from daifuku.messages.models.webhook_delivery import WebhookDelivery

__all__ = ["Hold", "Mail", "Notice", "Webhook", "WebhookDelivery"]
