"""Forms of the evaluation of a conversation, and of the members' own answers about it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from learningcycle.forms.twins import TwinForm
from observations.actions import Evaluation, KeptChangedError, NextStep
from observations.models import ANSWER_LENGTH, KEPT_LENGTH, EvaluationAnswer, EvaluationQuestion, Visit
from slf_portal.accounts.models import User
from slf_portal.common.cpr import cpr_numbers
from slf_portal.common.fields import FreeTextFormField, refuse_cpr
from slf_portal.common.forms import ComingDayField, PortalForm
from teams.models.agreements import AGREEMENT_LENGTH


class EvaluateForm(TwinForm):
    """The tick that makes the visit count, what the team keeps, and one more next step."""

    is_evaluated = forms.BooleanField(
        label=_("The conversation is evaluated"), required=False, help_text=_("Then the visit counts.")
    )
    # What the tick showed: somebody who only writes does not take it away from somebody who set it meanwhile.
    was_evaluated = forms.BooleanField(widget=forms.HiddenInput, required=False)
    kept = FreeTextFormField(label=_("What the team wants to keep"), max_length=KEPT_LENGTH, required=False, rows=5)
    step = FreeTextFormField(label=_("The next step"), max_length=AGREEMENT_LENGTH, required=False, rows=2)
    step_owner = forms.ModelChoiceField(
        label=_("Who does it?"), queryset=User.objects.none(), required=False, empty_label=_("The team")
    )
    step_by = ComingDayField(label=_("By when?"), required=False)

    def __init__(
        self, *args: Any, visit: Visit, kept: str, owners: QuerySet[User], may_tick: bool, **kwargs: Any
    ) -> None:
        initial = {"is_evaluated": visit.is_evaluated, "was_evaluated": visit.is_evaluated, "kept": kept}
        super().__init__(*args, initial={**initial, **kwargs.pop("initial", {})}, **kwargs)
        self.stood = kept
        self._stored: str | None = None
        owner: Any = self.fields["step_owner"]
        owner.queryset = owners
        if not may_tick:
            del self.fields["is_evaluated"], self.fields["was_evaluated"]
        self.add_twins(["kept"])

    def asks_about(self, text: str) -> bool:
        """Digits that stand there already have been explained by whoever wrote them."""
        return bool(cpr_numbers(text) - cpr_numbers(self.stood))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("step") and not cleaned.get("step_by") and "step_by" not in self.errors:
            self.add_error("step_by", _("By when? Choose a day."))
        return cleaned

    def evaluation(self) -> Evaluation:
        cleaned = self.cleaned_data
        ticked, was_ticked = (cleaned.get(name, False) for name in ("is_evaluated", "was_evaluated"))
        step = NextStep(cleaned["step"], cleaned["step_owner"], cleaned["step_by"]) if cleaned["step"] else None
        return Evaluation(
            is_evaluated=ticked if ticked != was_ticked else None, kept=self.writings()["kept"], step=step
        )

    def carried_out(self, act: Callable[[], object], *, refused_at: str | None = None) -> bool:
        """As in every form; where a colleague has written meanwhile, both texts are shown, and neither is lost."""

        def watched() -> object:
            try:
                return act()
            except KeptChangedError as error:
                self._show_colleague(error.stored)
                raise

        return super().carried_out(watched, refused_at=refused_at)

    def _show_colleague(self, stored: str) -> None:
        self.colleagues["kept"] = stored
        renewed: MultiValueDict[str, Any] = MultiValueDict()
        renewed.update(self.data)
        renewed["was_kept"] = stored
        self.data = renewed

    def has_step(self) -> bool:
        """Whether a step is written, or wrong: then its fields stand there, however many steps there are."""
        return any(self[name].errors or (name == "step" and self[name].value()) for name in ("step", "step_by"))


class AnswerForm(PortalForm):
    """What one member answers, without her name: a field for each question, and a tick to take back an old answer."""

    submit_label = _("Save my answer")

    def __init__(
        self,
        *args: Any,
        questions: Sequence[EvaluationQuestion],
        own: Mapping[int, str],
        old: Sequence[EvaluationAnswer] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.questions, self.old = questions, old
        for question in questions:
            self.fields[_name(question)] = FreeTextFormField(
                label=question.text,
                max_length=ANSWER_LENGTH,
                required=False,
                initial=own.get(question.pk, ""),
                # Nobody can be named as the one who explained them.
                validators=[refuse_cpr],
            )

        for answer in old:
            label = gettext("Take back my answer to: %(question)s") % {"question": answer.question.text}
            self.fields[_taking_back(answer)] = forms.BooleanField(label=label, required=False)

    def texts(self) -> dict[int, str]:
        """What was answered, by the question's id: empty where it is taken back.

        A question that began to be asked while the page stood open is not among it.
        """
        sent = (question for question in self.questions if self.add_prefix(_name(question)) in self.data)
        texts = {question.pk: self.cleaned_data[_name(question)] for question in sent}
        return texts | {row.question_id: "" for row in self.old if self.cleaned_data[_taking_back(row)]}

    def answer_fields(self) -> list[Any]:
        return [self[_name(question)] for question in self.questions]

    def old_answers(self) -> list[tuple[EvaluationAnswer, Any]]:
        """Each of her answers to questions that are no longer asked, and the tick that takes it back."""
        return [(row, self[_taking_back(row)]) for row in self.old]


def _name(question: EvaluationQuestion) -> str:
    return f"answer_{question.pk}"


def _taking_back(answer: EvaluationAnswer) -> str:
    return f"take_back_{answer.question_id}"
