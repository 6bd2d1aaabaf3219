"""Import people with their teams and roles from a file."""

from teams.importers import import_people
from teams.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import people and their roles from CSV or XLSX. Nothing is saved when a row is refused, unless asked."
    import_table = staticmethod(import_people)
