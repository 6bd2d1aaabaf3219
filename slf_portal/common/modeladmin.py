"""What pages of the administration do alike: actions change, refusals are errors of the form, search is Danish."""

from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from slf_portal.common.cpr import contains_cpr
from slf_portal.common.errors import RefusedError
from slf_portal.common.sorting import danish_sort_key

M = TypeVar("M", bound=models.Model)


class RefusableForm(forms.ModelForm[Any]):
    """A form that shows why an action refused what it asks for."""

    refusal: ClassVar[str] = ""
    # Where the refusal names one, the field at which it is told.
    refused_field: ClassVar[str | None] = None
    # The admin asks the server, not the browser; its lists of choices cannot carry the attribute.
    use_required_attribute = False

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(self.refused_field if self.refused_field in self.fields else None, self.refusal)
        return cleaned


class PortalModelAdmin(admin.ModelAdmin[M]):
    """Rows are changed by the same actions as everywhere else: a subclass says which in `save_model`.

    `search_fields` are columns: of a sort key the Danish order's own letters are looked for, of others the letters
    as they are, every word somewhere.
    """

    form = RefusableForm
    list_per_page = settings.PAGE_SIZE
    show_full_result_count = False

    def label_of(self, row: M) -> str:
        """The row as it is told from others of its kind when one is chosen."""
        return str(row)

    @admin.display(description=gettext_lazy("name"), ordering="sort_key")
    def named(self, row: Any) -> str:
        """The name, in Danish order when the column is chosen to sort by."""
        return str(row.name)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[M], search_term: str
    ) -> tuple[QuerySet[M], bool]:
        if contains_cpr(search_term):
            return queryset.none(), False
        for word in search_term.split():
            queryset = queryset.filter(self._holds(word))
        return queryset, False

    def _holds(self, word: str) -> Q:
        key = danish_sort_key(word)
        found = Q(pk__in=())
        for column in self.search_fields:
            if not str(column).endswith("sort_key"):
                found |= Q(**{f"{column}__icontains": word})
            elif key:
                found |= Q(**{f"{column}__contains": key})
        return found

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_foreignkey(db_field, request, **kwargs)
        related = self.admin_site._registry.get(db_field.related_model)  # noqa: SLF001 - autocomplete reads it as well
        if field and isinstance(related, PortalModelAdmin):
            field.label_from_instance = related.label_of
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As Django's; what a row points to is not removed from beside it."""
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget.can_delete_related = False
        return field

    # Refusals -----------------------------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: M | None = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        form = super().get_form(request, obj, change, **kwargs)
        form.refusal = vars(request).get("refusal", "")  # type: ignore[attr-defined]
        form.refused_field = vars(request).get("refused_field")  # type: ignore[attr-defined]
        return form

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """As Django's; what an action refuses is undone and shown in the form, with everything typed kept."""
        try:
            with transaction.atomic():
                return super().changeform_view(request, object_id, form_url, extra_context)
        except RefusedError as error:
            vars(request)["refusal"], vars(request)["refused_field"] = str(error), error.field
        except ValidationError as error:
            vars(request)["refusal"] = " ".join(error.messages)
        except IntegrityError:
            vars(request)["refusal"] = _("Someone changed the same rows at the same time. Look and save again.")
        return super().changeform_view(request, object_id, form_url, extra_context)


class ReadOnlyAdmin(PortalModelAdmin[M]):
    """Rows that are looked at: the portal writes them itself."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: M | None = None) -> bool:
        return False
