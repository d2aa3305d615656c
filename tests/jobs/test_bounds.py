"""What cannot be right is not published, and the ledger says why."""

import pytest

from jobs.bounds import Figures, why_held
from jobs.settings import Settings
from tracker.store.ledger import Ledger, RunState
from tracker.store.repository import Repository


@pytest.fixture
def ledger(tmp_path):
    """Return the ledger of a workspace whose last site showed 100,000."""
    with Repository.open(tmp_path / "tracker.gpkg", create=True) as repository:
        ledger = Ledger(repository.database)
        run = ledger.start("site")
        ledger.end(run, RunState.DONE, counts=Figures(claims=50, strength=100_000).counts)
        yield ledger


def test_a_jump_is_held_and_a_step_is_not(ledger):
    """The bound is on the change since the last site, up and down."""
    assert why_held(ledger, Settings(), Figures(claims=51, strength=120_000)) is None

    for strength in (10_000, 400_000):
        said = why_held(ledger, Settings(), Figures(claims=51, strength=strength))
        assert said is not None
        assert f"from 100,000 to {strength:,}" in said
        assert "--anyway" in said


def test_a_site_without_claims_is_held(ledger):
    """Zero claims are a broken workspace, not peace."""
    said = why_held(ledger, Settings(), Figures(claims=0))

    assert said is not None
    assert "holds 0 claims" in said


def test_a_held_run_is_no_new_measure(ledger):
    """What was not published is not what the next one is compared with."""
    run = ledger.start("site")
    ledger.end(run, RunState.HELD, counts=Figures(claims=50, strength=400_000).counts)

    assert why_held(ledger, Settings(), Figures(claims=51, strength=100_000)) is None
    assert why_held(ledger, Settings(), Figures(claims=51, strength=400_000)) is not None


def test_a_held_site_stays_as_it_was_until_a_person_says_so(own_demo, run):
    """Exit code 3 and the reason; `--anyway` publishes."""
    (own_demo / "tracker.toml").write_text(
        '[bounds]\nleast_claims = 100000\n[jobs.pages]\nrun = "site"\nevery_minutes = 60\n'
    )
    (own_demo / "site/index.html").unlink()

    held = run("jobs", "once", "pages", "-w", own_demo)
    assert held.exit_code == 3
    assert "bounds.least_claims is 100,000" in held.stderr
    assert not (own_demo / "site/index.html").exists()

    assert run("jobs", "once", "pages", "--anyway", "-w", own_demo).exit_code == 0
    assert (own_demo / "site/index.html").is_file()
