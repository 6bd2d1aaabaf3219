"""The team contract: what a team has agreed on about working together, version by version."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import localize
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.fields import FreeTextField
from teams.enums import ContractState
from teams.models.organisation import Team

SECTION_LENGTH = 4000
KEY_LINE_LENGTH = 160


@tracked()
class ContractTemplateSection(models.Model):
    """A section that a team's contract is offered, with questions that help to write it."""

    title = models.CharField(_("title"), max_length=80, unique=True)
    help_text = FreeTextField(_("questions that help"), max_length=400, blank=True)
    position = models.PositiveSmallIntegerField(_("place in the order"), default=0)
    is_offered = models.BooleanField(
        _("is offered"), default=True, help_text=_("What teams have written under it stays, also when it is not.")
    )

    class Meta:
        verbose_name = _("section of the team contract")
        verbose_name_plural = _("sections of the team contract")
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title


@tracked()
class TeamContract(models.Model):
    """One version of a team's contract. Put in force it replaces the one before, and is not rewritten."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="contracts", verbose_name=_("team"))
    state = models.CharField(_("state"), max_length=20, choices=ContractState.choices, default=ContractState.DRAFT)
    in_force_on = models.DateField(_("in force from"), null=True, blank=True)
    first_line = FreeTextField(_("first line for the meetings"), max_length=KEY_LINE_LENGTH, blank=True)
    second_line = FreeTextField(_("second line for the meetings"), max_length=KEY_LINE_LENGTH, blank=True)
    seen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("seen by the leader"),
    )  # fmt: skip
    seen_at = models.DateTimeField(_("seen"), null=True, blank=True)

    class Meta:
        verbose_name = _("team contract")
        verbose_name_plural = _("team contracts")
        ordering = ("team__sort_key", F("in_force_on").desc(nulls_first=True), "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ContractState.DRAFT, in_force_on__isnull=True)
                | (~Q(state=ContractState.DRAFT) & Q(in_force_on__isnull=False)),
                name="teams_contract_in_force_has_a_date",
                violation_error_message=_("A contract in force has a date, a draft has none."),
            ),
            models.CheckConstraint(
                condition=Q(seen_by__isnull=True, seen_at__isnull=True)
                | Q(seen_by__isnull=False, seen_at__isnull=False),
                name="teams_contract_seen_by_and_when",
            ),
            models.UniqueConstraint(
                fields=("team",),
                condition=Q(state=ContractState.IN_FORCE),
                name="teams_contract_one_in_force",
                violation_error_message=_("The team already has a contract in force."),
            ),
            models.UniqueConstraint(
                fields=("team",),
                condition=Q(state=ContractState.DRAFT),
                name="teams_contract_one_draft",
                violation_error_message=_("The team already has a draft."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.team}: {localize(self.in_force_on) if self.in_force_on else self.get_state_display()}"

    @property
    def is_draft(self) -> bool:
        return self.state == ContractState.DRAFT


# Who typed which line is not kept: the versions are the history of the text.
@tracked(exclude=("text",))
class ContractSection(models.Model):
    """What one version of a contract says under one heading. The heading is kept as it read then."""

    contract = models.ForeignKey(
        TeamContract, models.CASCADE, related_name="sections", verbose_name=_("team contract"), editable=False
    )
    template = models.ForeignKey(
        ContractTemplateSection, models.PROTECT, related_name="+", verbose_name=_("section"), editable=False
    )
    title = models.CharField(_("title"), max_length=80, editable=False)
    position = models.PositiveSmallIntegerField(_("place in the order"), editable=False)
    text = FreeTextField(_("text"), max_length=SECTION_LENGTH, blank=True)

    class Meta:
        verbose_name = _("text of a team contract")
        verbose_name_plural = _("texts of team contracts")
        ordering = ("contract", "position", "pk")
        constraints = (
            models.UniqueConstraint(fields=("contract", "template"), name="teams_contract_section_once_per_version"),
        )
        triggers = (
            # What the members said yes to stays as it was, whoever asks and by whatever way.
            pgtrigger.Trigger(
                name="only_a_draft_is_written",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF EXISTS (SELECT FROM teams_teamcontract WHERE id = NEW.contract_id AND state <> 'draft') THEN
                        RAISE EXCEPTION 'a contract that was put in force is not rewritten';
                    END IF;
                    RETURN NEW;
                """,
            ),
        )

    def __str__(self) -> str:
        return self.title


@tracked()
class ContractYes(models.Model):
    """A member's dated yes to one version: "I can stand by that"."""

    contract = models.ForeignKey(TeamContract, models.CASCADE, related_name="yes_rows", verbose_name=_("team contract"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="contract_yes_rows", verbose_name=_("person")
    )
    said_at = models.DateTimeField(_("said"), default=timezone.now)

    class Meta:
        verbose_name = _("yes to a team contract")
        verbose_name_plural = _("yeses to team contracts")
        ordering = ("said_at", "pk")
        constraints = (models.UniqueConstraint(fields=("contract", "person"), name="teams_contract_one_yes_a_person"),)

    def __str__(self) -> str:
        return f"{self.person}: {self.contract}"
