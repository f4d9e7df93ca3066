"""The few words a layout adds to a letter, in the languages the project writes."""

from collections.abc import Mapping

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
}


def labels(language: str) -> Mapping[str, str]:
    """What a layout writes beside the text (`subject`, `enclosures`, `copy`), English where there is no other."""
    return LABELS.get(language, LABELS["en"])
