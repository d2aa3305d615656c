"""Blank what names people in quoted words: submitters, handles, phones, addresses, plates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tracker.claimants import seed_claimants

MASK = "█"
"""Stands for one character, so that a quote keeps the span that it takes up in its report."""

_EMAIL = re.compile(r"[\w.+-]{1,64}[@＠][\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_HANDLE = re.compile(r"(?<![\w@＠])[@＠](\w[\w.]{0,62}\w)")
_PROFILE = re.compile(
    r"(?<![\w.])(?:https?://)?(?:www\.|m\.)?(?:t\.me|telegram\.me|wa\.me|vk\.com|ok\.ru|x\.com"
    r"|(?:instagram|tiktok|facebook|fb|twitter|youtube)\.com)/([^\s<>\"'«»“”,;)]{0,199}[\w/█])",
    re.IGNORECASE,
)
_GAP = r"[\s().\-\u2010-\u2015]{0,3}"
_PHONE = re.compile(
    rf"(?<!\w)(?:\+{_GAP}\d(?:{_GAP}\d){{7,14}}"  # international, ITU-T E.164: at most 15 digits
    rf"|[78]{_GAP}9\d\d(?:{_GAP}\d){{7}}"  # Russian mobile
    rf"|\(?0\d\d\)?(?:{_GAP}\d){{7}}"  # Ukrainian, Belarusian
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"  # North American
    r"|\d{10,15})(?!\w)"
)
_CALLED = re.compile(
    rf"(?:\b(?:tel|phone|call|whatsapp|signal|viber)|\b(?:тел|телефон\w*|номер телефону|звони\w*))"
    rf"[.:\s]{{1,3}}(\d(?:{_GAP}\d){{4,14}})",
    re.IGNORECASE,
)
_LETTERS = "ABEIKMHOPCTYXАВЕІКМНОРСТУХ"
_PLATES = (
    rf"[{_LETTERS}]\d{{3}}[{_LETTERS}]{{2}}[ ]?\d{{2,3}}",  # Russia: GOST R 50577
    rf"[{_LETTERS}]{{2}}\d{{4}}[{_LETTERS}]{{2}}",  # Ukraine: DSTU 4278
    rf"\d{{4}}[{_LETTERS}]{{2}}[ -]?\d{{1,3}}",  # Russian army and trailers; Belarus
)
_PLATE = re.compile(rf"(?<!\w)(?:{'|'.join(_PLATES)})(?!\w)", re.IGNORECASE)
_SPACED_PLATE = re.compile(
    rf"(?<!\w)(?:[{_LETTERS}][ -]\d{{3}}[ -]([{_LETTERS}]{{2}})[ -]\d{{2,3}}"
    rf"|[{_LETTERS}]{{2}}[ -]\d{{4}}[ -]([{_LETTERS}]{{2}})"
    rf"|\d{{4}}[ -]([{_LETTERS}]{{2}})[ -]\d{{1,3}})(?!\w)"
)
_WORDS = frozenset({"НА", "НЕ", "ОТ", "ОН", "СО", "ВО", "ТО", "КО", "ТУ", "AT", "IT", "TO", "BE"})
_NAME = r"[A-ZА-ЯЁІЇЄҐ][\w'’ʼ-]*\.?(?:[ ]?[A-ZА-ЯЁІЇЄҐ][\w'’ʼ-]*\.?){0,2}"
_CUES = (
    r"[Ss]ubmitted by|[Ss]ent in by|[Ff]ilmed by|[Ww]itness|[Ee]yewitness"
    r"|(?:[Rr]eader|[Ss]ubscriber|[Ff]ollower|[Vv]iewer|[Ll]ocal resident)"
    r"|(?:[Pp]hoto|[Vv]ideo|[Ff]ootage|[Ii]mage)s?(?: by| from|:| courtesy of)"
    r"|[Пп]одписчи\w*|[Чч]итател\w*|[Оо]чевид\w*|[Зз]рител\w*|[Пп]рислал[аи]?"
    r"|[Мм]естн\w+ жител\w*|[Мм]ісцев\w+ (?:жител|мешкан)\w*"
    r"|[Пп]ідписни\w*|[Чч]итач\w*|[Гг]лядач\w*|[Нн]адісла(?:в|ла|ли)"
    r"|(?:[Фф]ото|[Вв]идео|[Вв]ідео|[Аа]втор\w*)(?: [:—–-]|:)"
)
_SUBMITTER = re.compile(rf"(?<!\w)(?:{_CUES})[\s:,–—-]{{1,3}}({_NAME})")
_ADDRESS = re.compile(r"https?://\S+")
_DIGITS = re.compile(rf"\d{{3}}|\d(?:{_GAP}\d){{3}}")
"""Phones and plates hold at least four digits that are near each other, or three in a row."""
_STEMS = (
    "submitted",
    "sent in",
    "filmed",
    "witness",
    "reader",
    "subscriber",
    "follower",
    "viewer",
    "local resident",
    "photo",
    "video",
    "footage",
    "image",
    "подписчи",
    "читател",
    "очевид",
    "зрител",
    "прислал",
    "местн",
    "місцев",
    "підписни",
    "читач",
    "глядач",
    "надісла",
    "фото",
    "видео",
    "відео",
    "автор",
)
"""What each cue holds; looking for these first is many times faster."""


KEPT_TEXTS = 4_096
"""Texts whose details are remembered: the same names of places and people come again and again."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Redactor:
    """Blanks personal details, and the names of submitters that were found.

    Parameters
    ----------
    public_handles : frozenset of str
        Handles that stay, without `@`, in lower case.
    names : frozenset of str
        Names to blank wherever they stand, as `submitters` finds them.
    """

    public_handles: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()

    def __call__(self, text: str) -> str:
        """Blank personal details in quoted words.

        Parameters
        ----------
        text : str
            Any text.

        Returns
        -------
        str
            As many characters, each of a detail replaced by `MASK`.
        """
        if not self.names:
            return _without_details(text, self.public_handles)
        details = _details(text, self.public_handles)
        return masked(text, (*details, *occurrences(text, self.names)))

    def outside_addresses(self, text: str) -> str:
        """Blank personal details beside web addresses, which lead to the source and stay.

        Parameters
        ----------
        text : str
            Words on where something was published.

        Returns
        -------
        str
            As many characters.
        """
        pieces, end = [], 0
        for address in _ADDRESS.finditer(text):
            pieces += [self(text[end : address.start()]), address[0]]
            end = address.end()
        return "".join([*pieces, self(text[end:])])


@lru_cache(maxsize=KEPT_TEXTS)
def _without_details(text: str, public_handles: frozenset[str]) -> str:
    return masked(text, _details(text, public_handles))


@lru_cache(maxsize=KEPT_TEXTS)
def _details(text: str, public_handles: frozenset[str]) -> tuple[tuple[int, int], ...]:
    spans = [span for _, span in _submitters(text)]
    if "@" in text or "＠" in text:
        spans += [match.span() for match in _EMAIL.finditer(text)]
        handles = _HANDLE.finditer(text)
        spans += [m.span() for m in handles if not _is_public(m[1], public_handles)]
    if "/" in text:
        profiles = _PROFILE.finditer(text)
        spans += [m.span(1) for m in profiles if not _is_public(m[1], public_handles)]
    if _DIGITS.search(text) is None:
        return tuple(spans)
    spans += [match.span(1) for match in _CALLED.finditer(text)]
    for pattern in (_PHONE, _PLATE):
        spans += [match.span() for match in pattern.finditer(text)]
    for match in _SPACED_PLATE.finditer(text):
        if not {group for group in match.groups() if group} & _WORDS:
            spans.append(match.span())
    return tuple(spans)


def _is_public(handle: str, public_handles: frozenset[str]) -> bool:
    return handle.partition("/")[0].lstrip("@").casefold() in public_handles


def submitters(text: str) -> frozenset[str]:
    """Find the names of people who sent something in.

    Parameters
    ----------
    text : str
        A report in English, Russian or Ukrainian.

    Returns
    -------
    frozenset of str
        Names that follow words such as "submitted by" or "подписчик"; those of claimants of the
        registry (agencies, ministries, analysts) are not among them.
    """
    return frozenset(name for name, _ in _submitters(text))


def masked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Blank spans of a text.

    Parameters
    ----------
    text : str
        The text.
    spans : iterable of tuple of int
        Start and end of each, in any order.

    Returns
    -------
    str
        As many characters; spaces and line ends inside a span are blanked too.
    """
    letters: list[str] | None = None
    for start, end in spans:
        letters = letters or list(text)
        letters[start:end] = MASK * (end - start)
    return text if letters is None else "".join(letters)


def occurrences(text: str, words: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Find words wherever they stand in a text.

    Parameters
    ----------
    text : str
        The text.
    words : iterable of str
        Words, in any case of letters; they need not end where a word of the text ends.

    Yields
    ------
    tuple of int
        Start and end of each.
    """
    for word in words:
        if word.strip():
            for match in re.finditer(rf"(?<!\w){re.escape(word)}\w*", text, re.IGNORECASE):
                yield match.span()


@lru_cache(maxsize=KEPT_TEXTS)
def _submitters(text: str) -> tuple[tuple[str, tuple[int, int]], ...]:
    # Names, each with its span.
    plain = text.casefold()
    if not any(stem in plain for stem in _STEMS):
        return ()
    found = [(match[1], match.span(1)) for match in _SUBMITTER.finditer(text)]
    return tuple(one for one in found if seed_claimants().find_within(one[0]) is None)
