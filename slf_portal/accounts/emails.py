"""The mail with an invitation. It holds the link's token, so it is sent at once and stored nowhere."""

import logging
import smtplib

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from slf_portal.accounts.models import Invitation

logger = logging.getLogger(__name__)


def send_invitation(invitation: Invitation, token: str) -> bool:
    """Send the link, and answer whether the mail server took it. Only for an invitation that is committed."""
    person = invitation.person
    with translation.override(person.language):
        context = {
            "invited_by": invitation.invited_by.name,
            "link": settings.PORTAL_URL + reverse("accounts:invitation_open", args=[token]),
            "expires_at": invitation.expires_at,
            "language": person.language,
            "portal": settings.PORTAL_URL,
        }
        message = EmailMultiAlternatives(
            subject=" ".join(render_to_string("accounts/email/invitation_subject.txt", context).split()),
            body=render_to_string("accounts/email/invitation.txt", context),
            to=[person.email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        message.attach_alternative(render_to_string("accounts/email/invitation.html", context), "text/html")
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        # Only the kind of error: its words may repeat the address.
        logger.warning("An invitation could not be sent: %s", type(error).__name__)
        return False
    return True
