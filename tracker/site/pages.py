"""Pages as HTML: one frame, one style sheet, no script, nothing loaded."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from tracker.briefing.markdown import shortened
from tracker.briefing.phrases import day_in_words, interval_in_words, plain, rounded
from tracker.site.entries import slug
from tracker.site.matter import Facts, File


def page(facts: Facts, path: str, template: str, **values: Any) -> File:
    """Write one page.

    Parameters
    ----------
    facts : Facts
        What every page says.
    path : str
        Where it lies, relative to the site's folder.
    template : str
        Name of its template.
    **values
        What the template shows; every text is escaped.

    Returns
    -------
    File
        A whole page in UTF-8 whose policy allows its own style sheet and nothing else; links are
        relative.
    """
    root = "../" * path.count("/")
    text = (
        _environment()
        .get_template(f"{template}.html.jinja")
        .render(facts=facts, root=root, path=path, **values)
    )
    return File(path=path, data=text.encode())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("tracker.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    style = resources.files("tracker.site").joinpath("templates/site.css").read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    environment.globals |= {
        "style": style,
        "policy": f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; "
        "form-action 'none'",
    }
    environment.filters |= {
        "day": day_in_words,
        "interval": interval_in_words,
        "plain": plain,
        "rounded": rounded,
        "shortened": shortened,
        "slug": slug,
    }
    return environment
