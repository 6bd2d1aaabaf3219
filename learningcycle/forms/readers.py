"""Who can read what is about to be written, said before it is saved."""

from django.utils.translation import gettext_lazy as _

READ_BY_TEAM = _("The team and your resource person. The leader cannot see it in the portal.")
