"""What the two import commands share: reading the file and telling what became of it."""

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from slf_portal.common.errors import RefusedError
from slf_portal.common.tables import Table, read_table
from teams.importers import Report, Saving

TOLD_WITHOUT_REASON = 2


class ImportCommand(BaseCommand):
    """A command that imports one file and reports in Danish."""

    import_table: Callable[..., Report]

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="CSV (; , or TAB) or XLSX")
        saving = parser.add_mutually_exclusive_group()
        saving.add_argument(
            "--dry-run", dest="saving", action="store_const", const=Saving.NOTHING, help="tell what would happen"
        )
        saving.add_argument(
            "--skip-refused",
            dest="saving",
            action="store_const",
            const=Saving.ACCEPTED_ROWS,
            help="save the other rows although some are refused",
        )
        parser.set_defaults(saving=Saving.ALL_OR_NOTHING)

    def handle(self, *args: Any, file: Path, saving: Saving, verbosity: int, **options: Any) -> None:
        try:
            report = type(self).import_table(by=None, table=_table(file), saving=saving)
        except RefusedError as error:
            raise CommandError(str(error)) from error
        for row in report.rows if verbosity >= TOLD_WITHOUT_REASON else report.rows_with_reasons:
            for line in row.lines():
                self.stdout.write(line)
        self.stdout.write(report.summary())
        if report.has_refused and saving is Saving.ALL_OR_NOTHING:
            raise CommandError(_("Nothing was saved, because rows were refused."))


def _table(file: Path) -> Table:
    try:
        content = file.read_bytes()
    except OSError as error:
        raise CommandError(_("The file cannot be opened: %(file)s") % {"file": file}) from error
    return read_table(content, filename=file.name, max_bytes=settings.IMPORT_MAX_BYTES)
