"""Forms that share a visit with the team and open it again."""

from django.utils.translation import gettext_lazy as _

from observations.models import REASON_LENGTH
from slf_portal.common.fields import FreeTextFormField
from slf_portal.common.forms import PortalForm


class ShareForm(PortalForm):
    """Nothing to fill in: the page shows what is shared."""

    submit_label = _("Share with the team")


class OpenAgainForm(PortalForm):
    """Why a closed visit is opened again."""

    submit_label = _("Open it again")

    why = FreeTextFormField(
        label=_("Why? One line is enough."),
        max_length=REASON_LENGTH,
        rows=2,
        help_text=_("The team reads it on the page of the visit. The leader cannot see it in the portal."),
    )
