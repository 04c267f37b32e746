from daifuku.messages.models.mail import Mail
from daifuku.messages.models.notice import Notice
from daifuku.messages.models.webhook import Webhook
from daifuku.messages.models.webhook_delivery import WebhookDelivery

__all__ = ["Mail", "Notice", "Webhook", "WebhookDelivery"]
