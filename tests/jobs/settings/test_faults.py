"""Faults of settings are told in plain sentences, each with its line and the nearest word."""

import pytest

from jobs.errors import SettingsError
from jobs.settings.faults import key_lines
from jobs.settings_check import check_settings

BAD = """\
[watch]
foldr = "x"
every_minutes = -1

[publicaton]
[publication]
tlp = "GREN"
delay_hours = "soon"
[[publication.rule]]
actors = ["RU"]
[[publication.rule]]
kinds = ["presense"]
[jobs.read]
run = "ingst"
every_minutes = 15
[jobs.pages]
run = "site"
after = "raed"
[jobs.both]
run = "brief"
cron = "* * * * 9"
[jobs.two]
run = "brief"
cron = "* * * * 1"
after = "read"
[sources.cit]
connector = "rss"
enabled = "perhaps"
[sources.rail]
connector = "rsss"
publisher = "Rail watch"
"""
EXPECTED = {
    (2, "watch.foldr"): "is it 'folder'?",
    (3, "watch.every_minutes"): "-1 must be more than 0",
    (5, "publicaton"): "is it 'publication'?",
    (7, "publication.tlp"): "is it 'GREEN'?",
    (8, "publication.delay_hours"): "'soon' is not a number",
    (12, "publication.rule[2].kinds[1]"): "is it 'presence'?",
    (14, "jobs.read.run"): "is it 'ingest'?",
    (18, "jobs.pages.after"): "is it 'read'?",
    (21, "jobs.both.cron"): "is no line of crontab",
    (22, "jobs.two"): "exactly one of every_minutes, cron, after",
    (26, "sources.cit"): "it needs 'address'",
    (26, "sources.cit.publisher"): "it must be given",
    (28, "sources.cit.enabled"): "'perhaps' is not true or false",
    (30, "sources.rail.connector"): "is it 'rss'?",
}


@pytest.fixture
def faults(tmp_path):
    """Return what is found in a file with this text."""

    def check(text):
        path = tmp_path / "tracker.toml"
        path.write_text(text, encoding="utf-8")
        return check_settings(path)

    return check


def test_every_fault_is_told_at_once_with_its_line(faults):
    """Keys, values, jobs and sources: one pass finds them all and nothing else."""
    found = {(fault.line, fault.key): fault.message for fault in faults(BAD)}

    assert found.keys() == EXPECTED.keys()
    assert [key for key, words in EXPECTED.items() if words not in found[key]] == []


def test_a_fault_of_a_source_hides_no_other_of_it(faults):
    """What its connector finds is told beside what the settings find."""
    text = """[sources.a]
connector = "sheet"
address = "ftp://a.example/"
reliability = "Q"
adress = 1
[sources.a.options]
heder_row = 3
"""

    assert [fault.key for fault in faults(text)] == [
        "sources.a.publisher",
        "sources.a.address",
        "sources.a.reliability",
        "sources.a.adress",
        "sources.a.options.heder_row",
    ]


@pytest.mark.parametrize(
    "line",
    [
        'address = "https://me:HUNTER2@a.example/feed"',
        'proxy = "socks4://me:HUNTER2@127.0.0.1:9050"',
        'proxy = "http://me:HUNTER2@127.0.0.1:port"',
        'proxy = "socks5h://me:HUN/TER2@127.0.0.1:99999"',
        'credentials.password = "HUNTER2"',
        'credentials.password = { env = "HUNTER2 x" }',
        'credentials = [{ password = "HUNTER2" }]',
    ],
)
def test_a_misplaced_password_is_a_fault_and_is_not_repeated(faults, line):
    """Faults are printed and logged; what may be a secret is told by its key alone."""
    said = 'address = "https://a.example/"\n' if not line.startswith("address") else ""
    text = f'[sources.a]\nconnector = "rss"\npublisher = "A"\n{said}{line}\n'

    (fault,) = faults(text)

    assert fault.key.startswith(f"sources.a.{line.split()[0].split('.')[0]}")
    assert "HUN" not in fault.message


def test_addresses_and_proxies_that_hold_no_password_are_sound(faults):
    """An @ in a path is part of a name; a proxy may have its own password, and IPv6."""
    text = '[sources.a]\nconnector = "rss"\npublisher = "A"\n'
    text += 'address = "https://a.example/@desk/feed"\n'

    for proxy in ("socks5h://me:pw@127.0.0.1:9050", "http://[::1]:65535/", "https://p.example"):
        assert faults(f'{text}proxy = "{proxy}"\n') == []


def test_a_job_that_waits_for_itself_is_told(faults):
    """A ring of jobs would never run."""
    ring = '[jobs.a]\nrun = "site"\nafter = "b"\n[jobs.b]\nrun = "site"\nafter = "a"\n'

    assert [(one.line, one.key) for one in faults(ring)] == [
        (3, "jobs.a.after"),
        (6, "jobs.b.after"),
    ]


def test_sound_settings_have_no_fault(faults):
    """Comments, dotted and quoted keys, long strings are no faults."""
    text = '[page]\n"title" = """\n[watch]\nfoldr = 1\n"""\n# x = 1\nplaces.prior = {}\n'

    assert faults(text.replace("places.prior = {}\n", "") + "[places]\nprior.RU = 1.5\n") == []


def test_a_file_that_nests_without_end_is_refused(faults):
    """The parser gives up in a sentence."""
    with pytest.raises(SettingsError, match="it is no TOML"):
        faults(f"x = {'[' * 5000}")


def test_lines_of_a_long_text_are_no_keys():
    """What stands in a string of several lines is not taken for a key."""
    lines = key_lines('a = """\nb = 1\n"""\nc.d = 1\n[[e]]\nf = 1\n[[e]]\nf = 2\n')

    assert lines == {
        ("a",): 1,
        ("c", "d"): 4,
        ("e", 0): 5,
        ("e", 0, "f"): 6,
        ("e", 1): 7,
        ("e", 1, "f"): 8,
    }


def test_the_doctor_lists_them(own_demo, run):
    """Exit code 1; the database is examined all the same."""
    (own_demo / "tracker.toml").write_text("[watch]\nfoldr = 1\n")

    result = run("doctor", "-w", own_demo)

    assert result.exit_code == 1
    assert "line 2, watch.foldr: [watch] has no such key (is it 'folder'?)" in result.stdout
    assert "sound  geopackage" in result.stdout
