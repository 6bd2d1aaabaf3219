"""The minutes as a Word document: the same words as the page, in Word's own styles."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from learningcycle.queries import Minutes
from slf_portal.common.docx import WordDocument
from slf_portal.common.templatetags.portal import long_day, sentence, until
from teams.models import Agreement


def minutes_document(minutes: Minutes) -> WordDocument:
    conversation, meeting = minutes.conversation, minutes.meeting
    kind = pgettext("minutes of a meeting", "Minutes")
    document = WordDocument(
        title=f"{kind} · {minutes.team.name} · {long_day(meeting.on)}", author=str(_("The SLF portal"))
    )
    document.heading(f"{kind}: {minutes.team.name}", level=1)
    document.text(sentence(until(meeting.starts_at, meeting.ends_at)))
    document.fact(
        _("State"),
        pgettext("minutes of a meeting", "final") if minutes.is_final else pgettext("minutes of a meeting", "draft"),
    )
    _write_people(document, minutes)
    _write_section(document, _("The question of the day"), conversation.focus)
    for item in minutes.written:
        _write_section(document, item.title, item.text)
    _write_agreements(document, minutes)
    _write_cycle(document, minutes)
    _write_section(document, _("What we learned today"), conversation.learning)
    _write_section(document, _("How the conversation went"), conversation.how_it_went)
    _write_section(document, _("What we are not agreed on yet"), conversation.disagreement)
    _write_next_time(document, minutes)
    return document


def _write_section(document: WordDocument, heading: str, text: str) -> None:
    if text:
        document.heading(str(heading))
        document.text(text)


def _write_people(document: WordDocument, minutes: Minutes) -> None:
    conversation = minutes.conversation
    for taken in minutes.roles:
        document.fact(sentence(taken.get_role_display()), taken.person.name)
    if conversation.present_count:
        document.fact(_("How many were here"), str(conversation.present_count))
    if minutes.present:
        document.fact(_("Who was here"), ", ".join(person.name for person in minutes.present))
    if conversation.cycle:
        document.fact(_("Learning cycle"), conversation.cycle.title)
    if minutes.phase:
        document.fact(_("Phase"), minutes.phase.title)


def _write_agreements(document: WordDocument, minutes: Minutes) -> None:
    if minutes.agreements:
        document.heading(_("What we try"))
        document.bullets([_agreement_line(agreement) for agreement in minutes.agreements])


def _agreement_line(agreement: Agreement) -> str:
    owner = agreement.owner.name if agreement.owner else _("the team")
    return f"{agreement.text} ({owner}, {long_day(agreement.due_on)})"


def _write_cycle(document: WordDocument, minutes: Minutes) -> None:
    cycle = minutes.conversation.cycle
    if cycle is None:
        return
    _write_section(document, _("The goal of the learning cycle"), cycle.goal)
    if minutes.signs:
        document.heading(_("The signs we look for"))
        document.bullets([sign.text for sign in minutes.signs])


def _write_next_time(document: WordDocument, minutes: Minutes) -> None:
    following, person = minutes.following, minutes.conversation.next_focus_person
    if following is None and person is None:
        return
    document.heading(_("Next time"))
    if following:
        document.fact(_("We meet"), until(following.starts_at, following.ends_at))
    if person:
        document.fact(_("Focus person"), person.name)
