"""What waits to be told, and whether it may be."""

from daifuku.messages.models.hold import Hold
from daifuku.messages.models.mail import Mail
from daifuku.messages.models.notice import Notice
from daifuku.messages.models.push import Push, PushDevice
from daifuku.messages.models.sharing import Depth, OwnTiming, Receiving, SharingRule, Timing, Watch
from daifuku.messages.models.webhook import Webhook
from daifuku.messages.models.webhook_delivery import WebhookDelivery

__all__ = [
    "Depth", "Hold", "Mail", "Notice", "OwnTiming", "Push", "PushDevice", "Receiving", "SharingRule", "Timing", "Watch",
    "Webhook", "WebhookDelivery",
]  # fmt: skip
