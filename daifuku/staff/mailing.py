"""Mail about signing in: invitations, forgotten passwords, notes that something was changed."""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from daifuku.staff.actions.inviting import Invited
from daifuku.staff.models import Company

logger = logging.getLogger(__name__)


def is_set_up() -> bool:
    return bool(settings.EMAIL_HOST)


def send(message: EmailMessage) -> bool:
    """Whether the mail is on its way; a mail system in trouble never breaks the page that wrote the mail."""
    if not is_set_up():
        return False
    try:
        return bool(message.send())
    except Exception:
        logger.warning("mail about signing in was not sent", exc_info=True)
        return False


def mail_invitation(invited: Invited) -> bool:
    """Sends the link; False where no mail server is set up or the mail could not be handed over."""
    invitation = invited.invitation
    company = Company.objects.first()
    expires = date_format(localtime(invitation.expires_at), _("n月j日 H:i"))
    words = {"company": company, "invitation": invitation, "link": invited.link, "expires": expires}
    subject = _("%(company)s の大福帳への招待") % {"company": company.name if company else ""}
    text = render_to_string("staff/mail/invitation.txt", words)
    return send(EmailMessage(subject.strip(), text, to=[invitation.email]))
