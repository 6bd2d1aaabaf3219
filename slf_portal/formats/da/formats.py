"""Dates and times as Danes write them: months in lower case, a full stop in the time of day."""

DATE_FORMAT = "j. F Y"
TIME_FORMAT = "G.i"
DATETIME_FORMAT = r"j. F Y \k\l. G.i"
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j. F"
SHORT_DATE_FORMAT = "j.n.Y"
SHORT_DATETIME_FORMAT = r"j.n.Y \k\l. G.i"
FIRST_DAY_OF_WEEK = 1
DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "."
NUMBER_GROUPING = 3

DATE_INPUT_FORMATS = ["%d.%m.%Y", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%y", "%d-%m-%y", "%d/%m/%y"]
TIME_INPUT_FORMATS = ["%H.%M", "%H:%M", "%H:%M:%S"]
DATETIME_INPUT_FORMATS = ["%d.%m.%Y %H.%M", "%d.%m.%Y %H:%M", "%d-%m-%Y %H.%M", "%d-%m-%Y %H:%M"]

# Ours: read by the template filters in slf_portal.common.
WEEKDAY_FORMAT = "l j. F"
WEEKDAY_YEAR_FORMAT = "l j. F Y"
CLOCK_FORMAT = r"\k\l. G.i"
SHORT_DAY_FORMAT = "j. b."
SHORT_DAY_YEAR_FORMAT = "j. b. Y"
