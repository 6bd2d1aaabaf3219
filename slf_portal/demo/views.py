"""Signing in without a password, and the mails. Mounted by `make run` alone (PORTAL_DEMO)."""

from csp.constants import HEADER
from django.contrib import auth
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_POST, require_safe

from slf_portal.demo.forms import MailFilterForm, PersonaForm
from slf_portal.demo.queries import ReceivedMail, persona_lines, received_mail, received_mails

MAILS_PER_PAGE = 25
BACKEND = "slf_portal.accounts.backends.PortalBackend"
# A mail's HTML is shown as it came: it runs nothing, fetches nothing and stands in a frame of ours alone.
MAIL_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox"
)


@login_not_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One button for each person one can be."""
    return render(request, "demo/index.html", {"lines": persona_lines(), "errors": []})


@login_not_required
@require_POST
def login(request: HttpRequest) -> HttpResponse:
    """Become the person."""
    form = PersonaForm(request.POST)
    if not form.is_valid():
        context = {"lines": persona_lines(), "errors": form.errors["persona"]}
        return render(request, "demo/index.html", context, status=400)
    auth.login(request, form.cleaned_data["persona"], backend=BACKEND)
    return redirect("dashboard:home")


@login_not_required
@require_safe
def mail_list(request: HttpRequest) -> HttpResponse:
    """The mails as the sink received them, the newest first."""
    form = MailFilterForm(request.GET or None)
    wanted = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(received_mails(wanted), MAILS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mail_list.html", {"form": form, "page": page, "wanted": wanted})


@login_not_required
@require_safe
def mail_detail(request: HttpRequest, name: str) -> HttpResponse:
    """One mail: its headers, its text, and its HTML in a frame."""
    return render(request, "demo/mail_detail.html", {"mail": _mail(name)})


@login_not_required
@require_safe
@xframe_options_sameorigin
def mail_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML part of a mail, for the frame."""
    mail = _mail(name)
    if not mail.html:
        raise Http404
    return HttpResponse(mail.html, headers={HEADER: MAIL_POLICY})


def _mail(name: str) -> ReceivedMail:
    mail = received_mail(name)
    if mail is None:
        raise Http404
    return mail
