"""The person's own settings, and her way in when she is invited."""

from typing import Any

from allauth.core import ratelimit
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from slf_portal.accounts import actions, queries
from slf_portal.accounts.forms import InvitationForm, ProfileForm
from slf_portal.accounts.http import PortalRequest

# In the session: the digest of the token in the link that was followed. The token itself is stored nowhere.
INVITATION = "invitation"


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: PortalRequest) -> HttpResponse:
    """Choose the language of pages and mails."""
    form = ProfileForm(request.POST or None, initial={"language": request.user.language})
    if form.is_valid():
        actions.choose_language(by=request.user, language=form.cleaned_data["language"])
        messages.success(request, _("Your choice is saved."))
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form})


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail: on to a page without the token in its address, whatever the token is."""
    request.session[INVITATION] = queries.digest_of(token)
    response = redirect("accounts:invitation_accept")
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """The invited person chooses her password and goes in; one and the same page when the link cannot be used."""
    digest = request.session.get(INVITATION, "")
    invitation = queries.usable_invitation(digest) if digest else None
    if request.method == "POST":
        if invitation is None:
            return redirect("accounts:invitation_accept")
        if limited := ratelimit.consume_or_429(request, action="accept_invitation", key=digest):
            return limited
    form = InvitationForm(request.POST or None, person=invitation.person) if invitation else None
    if form and form.is_valid() and form.carried_out(lambda: _accept(digest, form)):
        auth.login(request, form.outcome)
        request.session.pop(INVITATION, None)
        messages.success(request, _("Welcome. Your password is saved, and you are signed in."))
        return redirect("dashboard:home")
    return render(request, "accounts/invitation_accept.html", {"form": form, "invitation": invitation})


def _accept(digest: str, form: InvitationForm) -> Any:
    return actions.accept_invitation(digest=digest, password=form.cleaned_data["password"])


@login_not_required
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose page was too old. The text is kept by going back."""
    return render(request, "403_csrf.html", status=403)
