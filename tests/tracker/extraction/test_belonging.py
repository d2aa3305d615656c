"""A force is given the formation to which the words say that it belongs."""

from __future__ import annotations

import pytest

from tests.tracker.extraction.reading import only_claim


@pytest.mark.parametrize(
    ("text", "formation"),
    [
        ("Elements of the 41st CAA arrived in Yelnya.", "41st CAA"),
        ("900 soldiers of military unit 54046 arrived in Belgorod.", "military unit 54046"),
        ("900 soldiers of military unit No. 54046 arrived in Belgorod.", "military unit No. 54046"),
        ("Около 900 военнослужащих в/ч 54046 прибыли в Белгород.", "в/ч 54046"),
        ("900 військових військової частини А1302 прибули в Суми.", "військової частини А1302"),
        ("900 soldiers arrived in Belgorod.", None),
    ],
)
def test_a_force_keeps_the_name_of_its_formation(text, formation):
    """Abbreviations of armies and numbers of military units are kept as they are written."""
    claim = only_claim(text)

    assert claim.formation == formation


def test_the_sign_of_a_number_denies_nothing():
    """`No.` before a number is a sign, `no` before a noun a denial."""
    claim = only_claim("900 soldiers of military unit No. 54046 arrived in Belgorod.")

    assert (claim.status, claim.measure.best) == ("actual", 900)
