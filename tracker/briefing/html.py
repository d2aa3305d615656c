"""A briefing as HTML that mail programs show: one file, styles in place, nothing loaded."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from tracker.briefing.markdown import shortened
from tracker.briefing.model import Briefing
from tracker.briefing.phrases import day_in_words, plain, rounded, unit_in_words


def render_html(briefing: Briefing) -> str:
    """Write a briefing as HTML.

    Parameters
    ----------
    briefing : Briefing
        The briefing.

    Returns
    -------
    str
        A whole page in UTF-8 without script, style sheet, picture or form; every outside text is
        escaped and kept from reordering its neighbours. Equal briefings give equal text.
    """
    return _template().render(briefing=briefing, edition=briefing.edition)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("tracker.briefing"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "day": day_in_words,
        "plain": plain,
        "rounded": rounded,
        "shortened": shortened,
        "unit": unit_in_words,
    }
    return environment.get_template("briefing.html.jinja")
