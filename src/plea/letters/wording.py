"""The few words a letter needs beyond its text, in the languages the project writes: dates, labels, countries."""

from collections.abc import Mapping
from datetime import date

MONTHS: Mapping[str, tuple[str, ...]] = {
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
    "es": (
        "enero",
        "febrero",
        "marzo",
        "abril",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ),
    "fr": (
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ),
}
LABELS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "subject": "Re:",
        "enclosure": "Enclosure:",
        "enclosures": "Enclosures:",
        "copy": "Copy for the signer; the English letter goes to the office",
        "translated": "(translated by {name})",
    },
    "es": {
        "subject": "Asunto:",
        "enclosure": "Anexo:",
        "enclosures": "Anexos:",
        "copy": "Copia para quien firma; la carta en inglés va a la oficina",
        "translated": "(traducción de {name})",
    },
    "fr": {
        "subject": "Objet :",
        "enclosure": "Pièce jointe :",
        "enclosures": "Pièces jointes :",
        "copy": "Copie pour la personne qui signe ; la lettre en anglais va au bureau",
        "translated": "(traduit par {name})",
    },
}


def date_in_words(on: date, language: str, country: str = "US") -> str:
    """The date as a letter writes it: `November 22, 2026`, in Britain `22 November 2026`, `22 de noviembre de 2026`.

    A language that is not known here gets the ISO form, which no reader takes for another day.
    """
    if language not in MONTHS:
        return on.isoformat()
    month = MONTHS[language][on.month - 1]
    if language == "es":
        return f"{on.day} de {month} de {on.year}"
    if language == "fr":
        return f"{'1er' if on.day == 1 else on.day} {month} {on.year}"
    if country == "GB":
        return f"{on.day} {month} {on.year}"
    return f"{month} {on.day}, {on.year}"


def labels(language: str) -> Mapping[str, str]:
    """What a layout writes beside the text (`subject`, `enclosures`, `copy`), English where there is no other."""
    return LABELS.get(language, LABELS["en"])
