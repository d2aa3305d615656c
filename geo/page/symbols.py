"""Find the pictures of map symbols that the build rendered: code of APP-6 -> SVG."""

import json
from collections.abc import Iterable
from functools import cache

from geo.page.built import built


@cache
def _pictures() -> dict[str, str]:
    pictures: dict[str, str] = json.loads(built("symbols.json"))
    return pictures


def pictures(codes: Iterable[str]) -> dict[str, str]:
    """Take the pictures that a page needs.

    Parameters
    ----------
    codes
        Symbol identification codes of twenty digits (NATO STANAG 2019, APP-6(D)); one that was not
        rendered has no picture, and its items show their shape alone.

    Returns
    -------
    dict[str, str]
        SVG by code, in the order of the codes.
    """
    rendered = _pictures()
    return {code: rendered[code] for code in sorted(set(codes)) if code in rendered}
