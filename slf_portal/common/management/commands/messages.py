"""`manage.py messages`: keeps the Danish catalogue in step with the source, without the gettext programs."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from slf_portal.common import catalogue


def update() -> None:
    texts = catalogue.texts_of(catalogue.sources())
    catalogue.write(catalogue.DANISH, catalogue.merged(texts, catalogue.read(catalogue.DANISH)))


def compile_danish() -> None:
    catalogue.compile_when_older(catalogue.DANISH)


def check() -> None:
    found = catalogue.problems(catalogue.texts_of(catalogue.sources()), catalogue.read(catalogue.DANISH))
    if found:
        raise CommandError("\n".join([f"{len(found)} texts in {catalogue.DANISH.name} need a hand:", *found]))


class Command(BaseCommand):
    help = "Update, compile or check the Danish translations."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        for option, act, what in (
            ("--update", update, "write the texts of the source to the catalogue, with the translations they have"),
            ("--compile", compile_danish, "write the file Django reads, when it is older than the catalogue"),
            ("--check", check, "fail with each text that is missing, not translated, translated wrongly or obsolete"),
        ):
            parser.add_argument(option, action="append_const", dest="acts", const=act, help=what)

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["acts"]:
            raise CommandError("Say what to do: --update, --compile or --check.")
        for act in options["acts"]:
            act()
