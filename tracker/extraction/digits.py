"""Numbers written in digits, whatever marks their thousands."""

from __future__ import annotations

from tracker.extraction.tokens import Token

_LONGEST_DIGITS = 15


def digits(token: Token, *, scaled: bool) -> float | None:
    """Read a number written in digits.

    Parameters
    ----------
    token : Token
        The number.
    scaled : bool
        Whether a word such as "thousand" or "percent" follows, so that a mark is a decimal one.

    Returns
    -------
    float or None
        Its value; None where it is too long to be a size.
    """
    plain = "".join(c for c in token.text if not c.isspace() and c not in "'’")
    if len(plain) > _LONGEST_DIGITS or not plain.isascii():
        return None
    head, mark, tail = plain, "", ""
    for sign in ",.":
        if plain.count(sign) > 1 or (plain.count(sign) == 1 and len(plain.split(sign)[1]) == 3):
            # Nobody counts in thousandths: "1.200 soldiers" are as many as "1,200".
            fraction = plain.count(sign) == 1 and (scaled or plain.startswith("0"))
            if not fraction:
                plain = plain.replace(sign, "")
    head, mark, tail = plain.replace(",", ".").partition(".")
    return float(f"{head}.{tail}" if mark else head) if (head + tail).isdigit() else None
