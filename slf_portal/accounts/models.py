"""People, and the roles that are not tied to one team or unit."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from slf_portal.accounts import enums
from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from slf_portal.common.dates import today
from slf_portal.common.sorting import SortKeyField


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """A person. The e-mail, in lower case, is the name she signs in with. Never deleted: deactivated."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    sort_key = SortKeyField(of="name")
    language = models.CharField(
        _("language"), max_length=2, choices=[("da", _("Danish")), ("en", _("English"))], default="da"
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("sort_key", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(email=Lower(F("email"))),
                name="accounts_user_email_lower_case",
                violation_error_message=_("Write the e-mail in lower case."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @cached_property
    def central_roles(self) -> frozenset[str]:
        """The central roles that hold today; read once per request."""
        return frozenset(self.central_role_rows.in_force(today()).values_list("role", flat=True))

    @property
    def is_administrator(self) -> bool:
        return self.is_active and enums.CentralRole.ADMINISTRATOR in self.central_roles

    # The Django admin asks these; the backend answers from today's roles.
    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        return False

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        return self.is_administrator

    def has_perms(self, perm_list: Any, obj: Any = None) -> bool:
        return self.is_administrator

    def has_module_perms(self, app_label: str) -> bool:
        return self.is_administrator

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ", 1)[0]


@tracked()
class CentralRoleRow(DatedRow):
    """A person's central role from a day until a day."""

    person = models.ForeignKey(User, models.PROTECT, related_name="central_role_rows", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=20, choices=enums.CentralRole.choices)

    objects = DatedQuerySet["CentralRoleRow"].as_manager()

    class Meta:
        verbose_name = _("central role")
        verbose_name_plural = _("central roles")
        ordering = ("person__sort_key", "role", "-starts_on")
        constraints = (
            span_in_order("accounts_central_role_span_in_order"),
            no_overlap(
                "accounts_central_role_once_at_a_time",
                "person",
                "role",
                message=_("The person already has this role in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}"


# The digest opens nothing by itself, and nobody has to know it either.
@tracked(exclude=("token_digest",))
class Invitation(models.Model):
    """A link by which a new person chooses her password: it works once, for a while, and only the newest one.

    The link's token is in the mail alone; here is its digest.
    """

    person = models.ForeignKey(User, models.PROTECT, related_name="invitations", verbose_name=_("person"))
    invited_by = models.ForeignKey(User, models.PROTECT, related_name="invitations_given", verbose_name=_("invited by"))
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        ordering = ("-invited_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("invited_at")),
                name="accounts_invitation_expires_later",
                violation_error_message=_("The invitation expires before it is sent."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="accounts_invitation_accepted_or_withdrawn",
                violation_error_message=_("An invitation is either accepted or withdrawn."),
            ),
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="accounts_one_open_invitation_per_person",
                violation_error_message=_("The person has an open invitation already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)

    @property
    def has_expired(self) -> bool:
        return self.expires_at <= timezone.now()
