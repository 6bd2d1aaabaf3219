"""Who does what for whom, from a day until a day. Rights come from the rows that hold today; the others are history."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from slf_portal.audit.history import tracked
from slf_portal.common.dated import DatedQuerySet, DatedRow, no_overlap, span_in_order
from teams.models.organisation import Team, Unit


@tracked()
class UnitLeader(DatedRow):
    """A leader of a unit: she leads its teams and its parts as well."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="leader_rows", verbose_name=_("unit"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="unit_leader_rows", verbose_name=_("person")
    )
    title = models.CharField(_("title"), max_length=60, blank=True)

    objects = DatedQuerySet["UnitLeader"].as_manager()

    class Meta:
        verbose_name = _("unit leader")
        verbose_name_plural = _("unit leaders")
        ordering = ("unit__sort_key", "-starts_on", "pk")
        constraints = (
            span_in_order("teams_unit_leader_span_in_order"),
            no_overlap(
                "teams_unit_leader_once_at_a_time",
                "unit",
                "person",
                message=_("The person already leads the unit in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.unit}"


@tracked()
class TeamLeader(DatedRow):
    """The leader responsible for a team, where it is not simply the unit's leader."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="leader_rows", verbose_name=_("team"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="team_leader_rows", verbose_name=_("person")
    )

    objects = DatedQuerySet["TeamLeader"].as_manager()

    class Meta:
        verbose_name = _("leader responsible for a team")
        verbose_name_plural = _("leaders responsible for teams")
        ordering = ("team__sort_key", "-starts_on", "pk")
        constraints = (
            span_in_order("teams_team_leader_span_in_order"),
            no_overlap(
                "teams_team_one_responsible_leader",
                "team",
                message=_("The team already has a responsible leader in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.team}"


@tracked()
class Membership(DatedRow):
    """A person in a team."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="membership_rows", verbose_name=_("team"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="membership_rows", verbose_name=_("person")
    )

    objects = DatedQuerySet["Membership"].as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ("team__sort_key", "person__sort_key", "-starts_on")
        constraints = (
            span_in_order("teams_membership_span_in_order"),
            no_overlap(
                "teams_membership_once_at_a_time",
                "team",
                "person",
                message=_("The person is already a member in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.team}"


@tracked()
class ResourcePerson(DatedRow):
    """A resource person serving a team; in day care she is called fagligt fyrtårn."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="resource_person_rows", verbose_name=_("team"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="resource_person_rows", verbose_name=_("person")
    )

    objects = DatedQuerySet["ResourcePerson"].as_manager()

    class Meta:
        verbose_name = _("resource person of a team")
        verbose_name_plural = _("resource persons of teams")
        ordering = ("team__sort_key", "person__sort_key", "-starts_on")
        constraints = (
            span_in_order("teams_resource_person_span_in_order"),
            no_overlap(
                "teams_resource_person_once_at_a_time",
                "team",
                "person",
                message=_("The person already serves the team in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.team}"


@tracked()
class PortfolioUnit(DatedRow):
    """A unit in a learning partner's portfolio."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="portfolio_rows", verbose_name=_("unit"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="portfolio_rows", verbose_name=_("learning partner")
    )

    objects = DatedQuerySet["PortfolioUnit"].as_manager()

    class Meta:
        verbose_name = _("unit in a portfolio")
        verbose_name_plural = _("units in portfolios")
        ordering = ("person__sort_key", "unit__sort_key", "-starts_on")
        constraints = (
            span_in_order("teams_portfolio_span_in_order"),
            no_overlap(
                "teams_portfolio_once_at_a_time",
                "unit",
                "person",
                message=_("The unit is already in the portfolio in part of the period."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.unit}"
