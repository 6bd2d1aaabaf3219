"""The person's own settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from slf_portal.accounts import actions
from slf_portal.accounts.forms import ProfileForm
from slf_portal.accounts.http import PortalRequest


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PortalRequest) -> HttpResponse:
    """Choose the language of pages and mails."""
    form = ProfileForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        actions.choose_language(by=request.user, language=form.cleaned_data["language"])
        messages.success(request, _("Your choice is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old. The text is kept by going back."""
    return render(request, "403_csrf.html", status=403)
