"""What the demo's teams have agreed on: by the template's headings, in two voices and as it was the year before."""

# Headings that a team has left empty are left out.
OFFICE_CONTRACT = {
    "Formål og mål": (
        "Vi er sammen om, at lederne på skoler og dagtilbud får ét svar og ikke tre. På kort sigt vil vi kende "
        "hinandens "
        "sager godt nok til at kunne afløse. På langt sigt vil vi blive klogere af de sager, der driller."
    ),
    "Roller": (
        "Mødeleder og referent går på skift efter fornavn. Fokuspersonen vælges mødet før, så der er tid til at "
        "finde data."
    ),
    "Møder": (
        "Vi mødes en gang om måneden og begynder til tiden. Dagsordenen ligger klar tre dage før. Telefonerne ligger i "
        "tasken, og den, der kommer for sent, går stille ind.\n\nVi bruger læringscirklen, også når der er travlt."
    ),
    "Kommunikation og feedback": (
        "Vi spørger, før vi råder. Vi giver feedback på det, vi har set og hørt, og vi gør det inden for en uge."
    ),
    "Uenighed": (
        "Vi lægger bøvlet på bordet. Er vi uenige, siger vi det i rummet og ikke på gangen, og vi skriver "
        "uenigheden ned, "
        "når vi ikke når til bunds i den."
    ),
    "Tryghed": "Alle kommer til orde, før nogen taler to gange. Det er i orden at sige: Det ved jeg ikke.",
    "Opfølgning": "Vi ser på kontrakten hvert halve år, og mødelederen i maj sætter den på dagsordenen.",
}
SCHOOL_CONTRACT = {
    "Formål og mål": (
        "Vi vil følge elevernes læring og trivsel sammen, så en god idé i én klasse bliver prøvet i de andre. I "
        "år handler "
        "det om, hvordan vi får flere med i den faglige samtale."
    ),
    "Hvem er vi": (
        "Vi er lærere og pædagoger med forskellig erfaring. To af os er nye på årgangen og vil gerne have en makker at "
        "spørge til råds."
    ),
    "Møder": (
        "Vi mødes om eftermiddagen, når eleverne er gået. Vi bringer noget med, der kan ses: en optælling, et "
        "uddrag, en "
        "observation. Aldrig navne på børn."
    ),
    "Beslutninger": "Prøvehandlinger beslutter vi selv. Det, der koster timer, tager vi med til lederen.",
    "Uenighed": "Vi er uenige om sagen og høflige i tonen. Den, der er i tvivl, får ordet først.",
    "Læringstid": "Vores læringstid bliver ikke brugt til praktiske beskeder. De går i Aula.",
    "Opfølgning": "Vi evaluerer vores samarbejde i januar og juni og tager to ting med til lederen.",
}
LINES = ("Vi lægger bøvlet på bordet.", "Vi beskriver, før vi fortolker.")
# What each said the year before, where it was something else.
THE_YEAR_BEFORE = {
    "Møder": "Vi mødes en gang om måneden. Dagsordenen ligger klar dagen før.",
    "Opfølgning": "Vi ser på kontrakten en gang om året.",
}
DRAFT_MEETINGS = (
    "Vi mødes en gang om måneden og begynder med en runde, hvor alle siger én ting, de har prøvet siden sidst."
)
