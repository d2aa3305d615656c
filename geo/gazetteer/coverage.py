"""Which countries the gazetteer covers in how much detail."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Full detail where armed forces are in the news; elsewhere alternates only from this size on.
THEATRE = _words(
    "RU UA BY MD GE AM AZ KZ KG UZ TM TJ PL LT LV EE FI NO SE RO HU SK CZ BG TR SY IQ IR "
    "IL LB JO PS YE SA RS XK BA ME MK AL HR SI GR TW KP KR AF"
)
# Countries whose places are written in Cyrillic at home, so that Latin spellings vary.
TRANSLITERATED = _words("RU UA BY MD BG RS MK KZ KG GE AM AZ TJ UZ TM")
# Those whose places are written in letters that are neither Latin nor Cyrillic.
OTHER_LETTERS = _words(
    "SY IQ IR IL LB JO PS YE SA AF EG LY SD ET ER PK IN MM CN TW KP KR KW OM AE QA BH"
)
