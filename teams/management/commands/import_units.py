"""Import units from a file: schools, day care, youth and offices, as published or in our own format."""

from teams.importers import import_units
from teams.management.importing import ImportCommand


class Command(ImportCommand):
    help = "Import units from CSV or XLSX. Nothing is saved when a row is refused, unless asked."
    import_table = staticmethod(import_units)
