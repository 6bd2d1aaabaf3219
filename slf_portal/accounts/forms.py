"""Forms of the person's own settings."""

from django import forms
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts.models import User
from slf_portal.common.forms import PortalForm


class ProfileForm(PortalForm):
    language = forms.ChoiceField(
        label=_("Language"), choices=User._meta.get_field("language").flatchoices, widget=forms.RadioSelect
    )
