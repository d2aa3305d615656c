"""Write the page around the map: one HTML file whose policy lets nothing in and nothing out."""

import base64
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from geo.errors import PageNeedsNetworkError
from geo.page.built import built

_NO_SCRIPT = (
    "This map is drawn by a script inside this file; allow scripts to see it. It loads nothing "
    "from the network."
)
_INLINE_SCRIPT = re.compile(r"<script([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_INLINE_STYLE = re.compile(r"<style[^>]*>(.*?)</style>", re.DOTALL | re.IGNORECASE)
_SOURCE = re.compile(r"""src\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """The built script and style sheet of the page."""

    script: str
    style: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """Everything that goes into the file.

    ``payloads`` are packed tables by id; ``map_script`` is what folium wrote for the map and the
    elements that a user added; ``extra_head`` and ``extra_body`` are markup of such elements.
    ``tile_host`` is the one host that may serve images, or empty.
    """

    title: str
    lang: str
    theme: str
    map_name: str
    map_script: str
    config: Mapping[str, Any]
    payloads: Mapping[str, str]
    extra_head: str = ""
    extra_body: str = ""
    tile_host: str = ""


@cache
def bundle() -> Bundle:
    """Read the built script and style sheet from the package.

    Returns
    -------
    Bundle
        Both texts.
    """
    return Bundle(script=built("page.js"), style=built("page.css"))


def write(page: Page) -> str:
    """Compose the HTML file.

    Parameters
    ----------
    page
        What goes into it.

    Returns
    -------
    str
        The whole document; the same page gives the same bytes.

    Raises
    ------
    PageNeedsNetworkError
        Where an element of the user would load a script.
    """
    built = bundle()
    scripts = [
        built.script,
        _closed(_clean(page.map_script)),
        f"TroopPage.boot({json.dumps(page.map_name)});",
    ]
    extra_head, extra_body = _clean(page.extra_head), _clean(page.extra_body)
    policy = _policy(
        scripts=[*scripts, *_inline_scripts(extra_head + extra_body)],
        styles=[built.style, *_INLINE_STYLE.findall(extra_head + extra_body)],
        tile_host=page.tile_host,
    )
    theme = f' data-theme="{html.escape(page.theme)}"' if page.theme != "auto" else ""
    title = html.escape(_clean(page.title))
    return "\n".join(
        [
            f'<!doctype html>\n<html lang="{html.escape(page.lang)}"{theme}>\n<head>',
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="referrer" content="no-referrer">',
            '<meta name="viewport" content="width=device-width,initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{title}</title>",
            f"<style>{built.style}</style>",
            extra_head,
            "</head>\n<body>",
            f'<header id="tm-head"><h1>{title}</h1></header>',
            f'<main id="tm-main"><div class="folium-map" id="{html.escape(page.map_name)}"></div>',
            f"{extra_body}</main>",
            '<section id="tm-time"></section>',
            '<aside id="tm-side"></aside>',
            f'<noscript><p class="tm-noscript">{_NO_SCRIPT}</p></noscript>',
            _data("tm-config", "application/json", _json(page.config)),
            *(_data(name, "text/plain", packed) for name, packed in page.payloads.items()),
            *(f"<script>{script}</script>" for script in scripts),
            "</body>\n</html>\n",
        ]
    )


def _policy(*, scripts: Iterable[str], styles: Iterable[str], tile_host: str) -> str:
    # Elements of folium carry style attributes, so those are let in; they cannot load anything,
    # because images and connections have rules of their own.
    images = " ".join(filter(None, ["data:", "blob:", html.escape(tile_host)]))
    rules = [
        "default-src 'none'",
        f"script-src {' '.join(_hash(script) for script in scripts)}",
        f"style-src-elem {' '.join(_hash(style) for style in styles)}",
        "style-src-attr 'unsafe-inline'",
        f"img-src {images}",
        "connect-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(rules)


def _inline_scripts(markup: str) -> list[str]:
    """Take the inline scripts of a user's elements; one that would be loaded is refused.

    Parameters
    ----------
    markup
        Head and body that elements of the user ask for.

    Returns
    -------
    list[str]
        Texts of the scripts.

    Raises
    ------
    PageNeedsNetworkError
        Where a script would be loaded.
    """
    scripts = []
    for attributes, script in _INLINE_SCRIPT.findall(markup):
        source = _SOURCE.search(attributes)
        if source:
            raise PageNeedsNetworkError(element="An element of the map", url=source[1])
        scripts.append(script)
    return scripts


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _clean(text: str) -> str:
    # What a browser would change while it reads the file would no longer fit the hash.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return whole.replace("\x00", "\ufffd").replace("\r\n", "\n").replace("\r", "\n")


def _closed(script: str) -> str:
    # A text inside the script must not end it: </script and <!-- lose their meaning.
    return re.sub(r"<(/script|!--)", r"<\\\1", script, flags=re.IGNORECASE)


def _json(value: Mapping[str, Any]) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _clean(text).replace("<", "\\u003c")


def _data(name: str, kind: str, content: str) -> str:
    return f'<script type="{kind}" id="{html.escape(name)}">{content}</script>'
