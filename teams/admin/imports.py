"""Import in the administration: upload, look at what would happen, confirm.

Between the looking and the confirming the file lies in the cache, under a random name that belongs to the person, for
half an hour: never on disk, never in the page.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django_stubs_ext import StrPromise

from slf_portal.common.errors import RefusedError
from slf_portal.common.tables import Table, read_table
from teams.importers import Report, Saving

KEPT_SECONDS = 30 * 60
MOST_ROWS_SHOWN = 300

Importer = Callable[..., Report]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file on its way: what it is called and what it holds."""

    filename: str
    content: bytes

    def table(self) -> Table:
        return read_table(self.content, filename=self.filename, max_bytes=settings.IMPORT_MAX_BYTES)


class UploadForm(forms.Form):
    """Takes a file that can be read as a table; `upload` is that file."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV or XLSX"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_BYTES:
            size = settings.IMPORT_MAX_BYTES // 2**20
            raise forms.ValidationError(_("The file is too large: at most %(size)d MB.") % {"size": size})
        self.upload = Upload(file.name or "", file.read())
        return file


def import_urls(model_admin: ModelAdmin[Any], importer: Importer, title: StrPromise) -> list[URLPattern]:
    """The two addresses of an import, in front of the model's own."""
    name = f"{model_admin.opts.app_label}_{model_admin.opts.model_name}_import"
    pages = ImportPages(model_admin, importer, name, title)

    def guarded(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return model_admin.admin_site.admin_view(require_http_methods(["GET", "HEAD", "POST"])(view))

    return [
        path("import/", guarded(pages.upload), name=name),
        path("import/<str:key>/", guarded(pages.preview), name=f"{name}_preview"),
    ]


class ImportPages:
    """The pages of one import."""

    def __init__(self, model_admin: ModelAdmin[Any], importer: Importer, name: str, title: StrPromise) -> None:
        self.model_admin, self.importer, self.name, self.title = model_admin, importer, name, title

    def upload(self, request: Any) -> HttpResponse:
        """Take a file, and go on to the preview when it can be read."""
        self._require_right(request)
        form = UploadForm(request.POST or None, request.FILES or None)
        if form.is_valid():
            try:
                self.importer(by=request.user, table=form.upload.table(), saving=Saving.NOTHING)
            except RefusedError as error:
                form.add_error("file", str(error))
            else:
                key = secrets.token_urlsafe(16)
                cache.set(_cache_key(request, self.name, key), form.upload, KEPT_SECONDS)
                return redirect(f"admin:{self.name}_preview", key)
        return self._page(request, "upload", form=form)

    def preview(self, request: Any, key: str) -> HttpResponse:
        """Show what would happen; on POST do it, if nobody has already."""
        self._require_right(request)
        kept_as = _cache_key(request, self.name, key)
        upload = cache.get(kept_as)
        is_confirmed = request.method == "POST"
        if upload is None or (is_confirmed and not cache.delete(kept_as)):
            messages.warning(
                request, _("The file is no longer kept, or it has been imported already. Choose it again.")
            )
            return redirect(f"admin:{self.name}")
        saving = _saving(request) if is_confirmed else Saving.NOTHING
        try:
            report = self.importer(by=request.user, table=upload.table(), saving=saving)
        except RefusedError as error:
            messages.error(request, str(error))
            if not is_confirmed:
                return redirect(f"admin:{self.name}")
            cache.set(kept_as, upload, KEPT_SECONDS)
            return redirect(f"admin:{self.name}_preview", key)
        if is_confirmed and not report.is_saved:
            cache.set(kept_as, upload, KEPT_SECONDS)
        return self._page(request, "preview", upload=upload, report=report, **_rows_to_show(report))

    def _require_right(self, request: HttpRequest) -> None:
        if not self.model_admin.has_add_permission(request):
            raise PermissionDenied

    def _page(self, request: HttpRequest, page: str, **context: Any) -> HttpResponse:
        context |= {
            **self.model_admin.admin_site.each_context(request),
            "opts": self.model_admin.opts,
            "title": self.title,
            "import_name": f"admin:{self.name}",
            "kept_minutes": KEPT_SECONDS // 60,
        }
        return TemplateResponse(request, f"admin/import_{page}.html", context)


def _cache_key(request: Any, name: str, key: str) -> str:
    return f"{name}:{request.user.pk}:{key}"


def _saving(request: HttpRequest) -> Saving:
    return Saving.ACCEPTED_ROWS if request.POST.get("skip_refused") else Saving.ALL_OR_NOTHING


def _rows_to_show(report: Report) -> dict[str, Any]:
    """The rows with something to say first, then the others, and no more than a page can show."""
    rows = report.rows_with_reasons + [row for row in report.rows if not row.reasons]
    return {"rows": rows[:MOST_ROWS_SHOWN], "rows_in_all": len(rows)}
