"""What the demo's teams kept of their conversations, and what some of their members answered."""

from slf_portal.demo.defaults.organisation import OFFICE

# The team whose latest visit is not shared yet, by its unit and its name.
NOT_SHARED = (OFFICE, "Arbejdsmiljø")
# Shared visits are closed after so many days.
DAYS_OPEN = 60

KEPT = (
    "Vi venter, til alle har tænkt færdig, før den første svarer. Det gav flere forskellige forslag.",
    "Vi holder fast i runden i begyndelsen: alle siger én sætning om det, de selv har prøvet.",
    "Vi skrev spørgsmålet på tavlen og gik tilbage til det tre gange. Det hjalp os med at blive ved sagen.",
    "Vi blev uenige om tallene og lod det stå åbent til næste gang. Det vil vi turde igen.",
    "Tidsholderen sagde til i god tid, og vi nåede at aftale, hvem der gør hvad.",
)
# An answer to each of the two questions; None is left open.
ANSWERS: tuple[tuple[str | None, str | None], ...] = (
    ("Jeg kom til orde uden at skulle tage det.", "Lidt mindre tid på at fortælle og mere på at undersøge."),
    ("At vi sad med de samme tal foran os.", None),
    (None, "At vi slutter med ét skridt, ikke fire."),
)
