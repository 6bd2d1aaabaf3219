"""The forms of units and teams, a module for each thing they are about."""

from teams.forms.agreements import AgreementForm, AgreementStateForm, DropForm, HelpedForm, ShareForm, readers_of
from teams.forms.contracts import ContractForm, PutInForceForm
from teams.forms.grus import (
    CancelGrusForm,
    GrusPreparationForm,
    GrusQuestionsForm,
    GrusTimeForm,
    MoveGrusForm,
    ProposeGrusForm,
)
from teams.forms.grus_talk import GrusTalkForm
from teams.forms.handover import HandoverForm
from teams.forms.mandates import (
    CloseMandateForm,
    ExpectationsForm,
    MandateAnswerForm,
    MandateEditForm,
    MandateFilterForm,
    MandateForm,
    MandateLineForm,
    RoleDescriptionForm,
)
from teams.forms.people import (
    AddMemberForm,
    AddResourcePersonForm,
    EndForm,
    NameTeamLeaderForm,
    PeopleFilterForm,
    WelcomeForm,
)
from teams.forms.school_year import SchoolYearForm
from teams.forms.staircase import GoalForm, StaircaseWordForm, StepForm
from teams.forms.standins import StandInForm
from teams.forms.teams import CloseTeamForm, NewTeamForm, TeamForm
from teams.forms.topics import TopicWordForm
from teams.forms.units import SupportForm, TermsForm

__all__ = [
    "AddMemberForm",
    "AddResourcePersonForm",
    "AgreementForm",
    "AgreementStateForm",
    "CancelGrusForm",
    "CloseMandateForm",
    "CloseTeamForm",
    "ContractForm",
    "DropForm",
    "EndForm",
    "ExpectationsForm",
    "GoalForm",
    "GrusPreparationForm",
    "GrusQuestionsForm",
    "GrusTalkForm",
    "GrusTimeForm",
    "HandoverForm",
    "HelpedForm",
    "MandateAnswerForm",
    "MandateEditForm",
    "MandateFilterForm",
    "MandateForm",
    "MandateLineForm",
    "MoveGrusForm",
    "NameTeamLeaderForm",
    "NewTeamForm",
    "PeopleFilterForm",
    "ProposeGrusForm",
    "PutInForceForm",
    "RoleDescriptionForm",
    "SchoolYearForm",
    "ShareForm",
    "StaircaseWordForm",
    "StandInForm",
    "StepForm",
    "SupportForm",
    "TeamForm",
    "TermsForm",
    "TopicWordForm",
    "WelcomeForm",
    "readers_of",
]
