"""A quick look at markup before a parser sees it, and plain text out of small pieces of it."""

from __future__ import annotations

import re

import lxml.html
from lxml.etree import ParserError

from tracker.errors import UnreadableInputError

MOST_DEPTH = 512
MOST_ATTRIBUTES = 256
"""Limits of elements inside each other and of attributes in one tag. Pages stay far below; parsers
take time that grows with the square of either."""
MOST_TAGS = 40_000
"""Tags of one page, opening and closing: a long article with all its menus has some thousand."""
_MOST_PROLOGUE = 50

# The alternatives take every character once and never give it back, so the time is linear.
_TAG = re.compile(
    r"<!--(?:>|->|(?s:.*?)(?:--!?>|\Z))"
    r"|<(?P<raw>script|style)\b[^>]*+>(?s:.*?)(?:</(?P=raw)|\Z)"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][^\s/>]*+)"
    r"""(?P<inside>(?:[^>=]++|=\s*+"[^"]*+(?:"|\Z)|=\s*+'[^']*+(?:'|\Z)|=)*+)(?:>|\Z)""",
    re.IGNORECASE,
)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""Characters that the parser reads and refuses to write."""
_RUN_OF_SPACE = re.compile(r"\s+")
_SPACE = re.compile(r"\s*+")
_PROLOGUE = (("<?", "?>"), ("<!--", "-->"))
_ROOT = re.compile(
    r"<(?:!doctype\s+(?P<doctype>html|rss|feed)|(?P<tag>[A-Za-z][\w:-]*))", re.IGNORECASE
)
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_CLOSED_BY_NEIGHBOURS = frozenset(
    {
        *("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param"),
        *("source", "track", "wbr", "p", "li", "dt", "dd", "option", "tr", "td", "th"),
        *("tbody", "thead", "tfoot", "html", "head", "body"),
    }
)
_BLOCKS = (
    *("br", "p", "div", "li", "ul", "ol", "tr", "table", "blockquote", "section", "article"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "pre"),
)


def root_name(text: str) -> str:
    """Name the element that a text opens with.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Name of the first tag in lower case, or of the document type before it, after comments
        and processing instructions; empty where the text does not open with a tag.
    """
    start = 0
    for _ in range(_MOST_PROLOGUE):
        start = _SPACE.match(text, start).end()  # type: ignore[union-attr]  # matches anything
        for opens, closes in _PROLOGUE:
            if text.startswith(opens, start):
                start = text.find(closes, start) + len(closes)
                break
        else:
            break
        if start < len(closes):
            return ""
    named = _ROOT.match(text, start)
    return (named["doctype"] or named["tag"]).lower() if named else ""


def require_tame_markup(text: str, *, most_tags: int = MOST_TAGS) -> None:
    """Refuse markup that is nested or filled so that a parser would hang on it.

    Parameters
    ----------
    text : str
        HTML or XML.
    most_tags : int
        Tags that it may have.

    Raises
    ------
    UnreadableInputError
        Where elements lie deeper than `MOST_DEPTH`, a tag has more attributes than
        `MOST_ATTRIBUTES`, or there are too many tags.
    """
    depth = tags = 0
    for match in _TAG.finditer(text):
        name = match["name"]
        if name is None:
            continue
        tags += 1
        if tags > most_tags:
            raise UnreadableInputError(f"it has more than {most_tags:,} tags.")
        inside = match["inside"]
        if _attributes(inside) > MOST_ATTRIBUTES:
            raise UnreadableInputError(
                f"one of its tags has more than {MOST_ATTRIBUTES} attributes."
            )
        if name.lower() in _CLOSED_BY_NEIGHBOURS or inside.endswith("/"):
            continue
        depth = max(depth - 1, 0) if match["close"] else depth + 1
        if depth > MOST_DEPTH:
            raise UnreadableInputError(f"its elements lie more than {MOST_DEPTH} deep.")


def _attributes(inside: str) -> int:
    # a tag shorter than the limit cannot have that many
    if len(inside) < MOST_ATTRIBUTES:
        return 0
    bare = _QUOTED.sub(" ", inside)
    return max(len(bare.split()), bare.count("="))


def fragment_text(markup: str) -> str:
    """Read a piece of HTML as plain text.

    Parameters
    ----------
    markup : str
        HTML, for example the summary of a feed's entry.

    Returns
    -------
    str
        One line per block, without blank lines.

    Raises
    ------
    UnreadableInputError
        Where the markup is not tame.
    """
    if "<" not in markup and "&" not in markup:
        return block_lines(markup)
    require_tame_markup(markup)
    parser = lxml.html.HTMLParser(remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root = lxml.html.document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except ParserError:
        return ""
    return element_text(root)


def element_text(root: lxml.html.HtmlElement) -> str:
    """Read an element as plain text.

    Parameters
    ----------
    root : HtmlElement
        The element; scripts, styles and tails are changed in place.

    Returns
    -------
    str
        One line per block, without blank lines.
    """
    for element in list(root.iter("script", "style", "noscript", "template")):
        element.drop_tree()
    for element in root.iter():
        element.text = _RUN_OF_SPACE.sub(" ", _NOT_XML.sub("", element.text or ""))
        element.tail = _RUN_OF_SPACE.sub(" ", _NOT_XML.sub("", element.tail or ""))
    for element in root.iter(*_BLOCKS):
        element.tail = "\n" + (element.tail or "")
        if element.tag != "br":
            element.text = "\n" + (element.text or "")
    return block_lines("".join(root.itertext()))


def block_lines(text: str) -> str:
    """Tidy the lines of a text that came out of markup.

    Parameters
    ----------
    text : str
        Text with the white space of its markup.

    Returns
    -------
    str
        Lines with single spaces, none of them blank.
    """
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)
