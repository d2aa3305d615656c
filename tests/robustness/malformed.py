"""Malformed feeds, pages, JSON, tables, maps, mail and web archives, made and read in one process.

Run as a program with the address of a server that nobody may ask: reads every case, and prints one
JSON object that says how long each took, what the process asked of the system, and its memory.
"""

from __future__ import annotations

import io
import json
import random
import re
import resource
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from jobs.connectors.archive import _records
from jobs.documents import read_document
from jobs.documents.geo_features import read_features
from jobs.documents.json_feed import read_json_feed
from jobs.documents.mail import read_message
from jobs.documents.table import read_table
from jobs.errors import SourceError
from tests.jobs.connectors.conftest import make_source
from tracker.errors import InvalidValueError, UnreadableInputError

SECRET = "/etc/hostname"
WORDS = "Trains with 40 tanks passed Omsk on their way to the west, residents said on Thursday."
FEED = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title>'
    + "".join(
        f"<item><title>Item {number}</title><link>https://news.example/{number}</link>"
        f"<pubDate>Thu, 13 Jan 2022 1{number}:00:00 GMT</pubDate>"
        f"<description>{WORDS}</description></item>"
        for number in range(3)
    )
    + "</channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title><entry><id>urn:1</id>'
    '<title>One</title><link href="https://news.example/1"/><updated>2022-01-13T10:00:00Z</updated>'
    f"<content>{WORDS}</content></entry></feed>"
)
PAGE = (
    '<!DOCTYPE html><html lang="en"><head><title>Trains</title>'
    '<meta property="article:published_time" content="2022-01-13T10:00:00Z"></head><body><article>'
    f"<h1>Trains</h1><p>{WORDS}</p></article></body></html>"
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "News",
        "items": [
            {
                "id": str(number),
                "url": f"https://news.example/{number}",
                "date_published": "2022-01-13T10:00:00Z",
                "content_text": WORDS,
            }
            for number in range(3)
        ],
    }
)
TABLE = "id,day,place,size\n" + "".join(f"{n},2022-01-13,Omsk,{n}0\n" for n in range(1, 4))
KML = (
    '<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document>'
    + "".join(
        f"<Placemark><name>Point {n}</name><Point><coordinates>3{n},5{n}</coordinates></Point>"
        "</Placemark>"
        for n in range(3)
    )
    + "</Document></kml>"
)
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"name": f"Point {n}"},
                "geometry": {"type": "Point", "coordinates": [30 + n, 50]},
            }
            for n in range(3)
        ],
    }
)
MAIL = (
    "Date: Thu, 13 Jan 2022 20:08:00 +0000\r\nFrom: News <a@news.example>\r\nSubject: Trains\r\n"
    'Message-ID: <1@news.example>\r\nContent-Type: multipart/alternative; boundary="x"\r\n\r\n'
    f'--x\r\nContent-Type: text/plain; charset="utf-8"\r\n\r\n{WORDS}\r\n'
    f'--x\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n<p>{WORDS}</p>\r\n--x--\r\n'
)


def warc():
    """Make an archive of three pages."""
    buffer = io.BytesIO()
    writer = WARCWriter(buffer, gzip=False)
    for number in range(3):
        record = writer.create_warc_record(
            f"https://news.example/{number}",
            "response",
            payload=io.BytesIO(PAGE.encode()),
            http_headers=StatusAndHeaders("200 OK", [("Content-Type", "text/html")], "HTTP/1.1"),
            warc_headers_dict={"WARC-Date": "2022-01-14T09:00:00Z"},
        )
        writer.write_record(record)
        record.raw_stream.close()
    return buffer.getvalue()


def _read_warc(data):
    return list(_records(make_source("archive", path="x"), io.BytesIO(data), "x"))


FORMATS = {
    "rss": (FEED.encode(), lambda data: read_document(data, name="a.rss")),
    "atom": (ATOM.encode(), lambda data: read_document(data, name="a.atom")),
    "page": (PAGE.encode(), lambda data: read_document(data, name="a.html")),
    "json": (JSON.encode(), read_json_feed),
    "csv": (TABLE.encode(), read_table),
    "kml": (KML.encode(), lambda data: read_features(data, name="a.kml")),
    "geojson": (GEOJSON.encode(), lambda data: read_features(data, name="a.geojson")),
    "mail": (MAIL.encode(), read_message),
    "warc": (warc(), _read_warc),
}
_MARKED = ("rss", "atom", "page", "kml")
_NASTY = (
    *(
        b"\x00" * 64,
        b"\xff\xfe",
        b"\xed\xa0\x80",
        b"\x1b[2J",
        b"&#x110000;",
        b"&#xd800;",
        b"&#0;",
        b"<!--",
    ),
    *(b"<![CDATA[", b"]]>", b"<?php", b"%PDF-1.7", b"PK\x03\x04", b"\x1f\x8b\x08", b"\r", b'"'),
    *(b"=cmd|'/c calc'!A0", b"../../etc/passwd", b"9" * 400, b"NaN", b"1e999", b"-0", b"{" * 200),
)


def cases(trap):
    """Make every case: (name, format, bytes)."""
    dice = random.Random(20220113)
    for kind, (good, _) in FORMATS.items():
        for name, data in _broken(good, dice):
            yield f"{kind} {name}", kind, data
    for kind in _MARKED:
        for name, data in _markup(FORMATS[kind][0].decode(), trap):
            yield f"{kind} {name}", kind, data
    for kind in ("json", "geojson"):
        for name, data in _nested_json():
            yield f"{kind} {name}", kind, data
    yield "csv of many columns", "csv", b"a," * 300_000 + b"\n1"
    yield "csv of one endless cell", "csv", b'id\n"' + b"x" * 2_000_000
    yield "csv of formulas", "csv", b'id,a\n1,=HYPERLINK("http://127.0.0.1")\n'
    parts = b"".join(b"--x\r\nContent-Type: message/rfc822\r\n\r\n" for _ in range(3_000))
    yield "mail within mail", "mail", MAIL.encode().partition(b"--x")[0] + parts
    yield "mail of an unknown charset", "mail", MAIL.replace("utf-8", "x-unknown").encode()
    yield (
        "warc of a wrong length",
        "warc",
        warc().replace(b"Content-Length: ", b"Content-Length: 9"),
    )
    yield (
        "warc of a negative length",
        "warc",
        warc().replace(b"Content-Length: ", b"Content-Length: -"),
    )


def _broken(good, dice) -> Iterator[tuple[str, bytes]]:
    yield "of nothing", b""
    for share in (0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        yield f"cut at {share}", good[: int(len(good) * share)]
    for number, nasty in enumerate(_NASTY):
        at = dice.randrange(len(good))
        yield f"with nasty bytes {number}", good[:at] + nasty + good[at:]
    for number in range(6):
        flipped = bytearray(good)
        for _ in range(1 + number * 4):
            flipped[dice.randrange(len(good))] = dice.randrange(256)
        yield f"with flipped bytes {number}", bytes(flipped)
    for number in range(3):
        start, end = sorted(dice.sample(range(len(good)), 2))
        yield f"with a part {number} twice", good[:end] + good[start:]
    yield "as utf-16", good.decode("latin-1").encode("utf-16-be")
    yield "many times over", good * (1_000_000 // len(good))


def _markup(good, trap) -> Iterator[tuple[str, bytes]]:
    head, _, rest = good.rpartition("<?xml")
    body = rest.partition("?>")[2] if rest and "?>" in rest else good
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    yield (
        "with a billion laughs",
        f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]>{body}'.replace("Trains", "&e11;").encode(),
    )
    yield (
        "with one long entity",
        (
            f'<!DOCTYPE x [<!ENTITY e "{"a" * 50_000}">]>{body}'.replace("Trains", "&e;" * 2_000)
        ).encode(),
    )
    for scheme in (f"file://{SECRET}", trap, f"ftp{trap[4:]}"):
        document = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{scheme}">]>{body}'.replace("Trains", "&e;")
        yield f"with an entity of {scheme[:5]}", document.encode()
        yield f"with a DTD of {scheme[:5]}", f'<!DOCTYPE x SYSTEM "{scheme}">{body}'.encode()
    for tag in ("div", "b", "item", "xmp", "svg"):
        middle = good.replace("Trains", f"<{tag}>" * 30_000, 1)
        yield f"with 30,000 nested {tag}", (head + middle).encode()
    yield (
        "with 30,000 attributes",
        good.replace(
            "Trains", "<p " + " ".join(f"a{n}=1" for n in range(30_000)) + ">x</p>", 1
        ).encode(),
    )
    yield "with an image of a host", good.replace("Trains", f"<img src='{trap}'>").encode()


def _nested_json() -> Iterator[tuple[str, bytes]]:
    yield "nested 100,000 deep", b"[" * 100_000 + b"]" * 100_000
    yield "of an endless number", b'{"items": [{"id": ' + b"9" * 100_000 + b"}]}"
    yield "of NaN", b'{"version": "https://jsonfeed.org/version/1", "items": [{"id": NaN}]}'
    yield "of a lone surrogate", JSON.replace("Trains", "\\ud800").encode()
    yield "of the wrong types", b'{"features": 3, "items": {"a": [null, true]}}'
    yield "of null", b"null"


class Watch:
    """What the process opens, connects and removes, by Python's audit hook."""

    def __init__(self):
        self.seen = set()
        self.is_on = False
        sys.addaudithook(self._note)

    def _note(self, event, args):
        if self.is_on and event in {"socket.connect", "socket.getaddrinfo", "os.system"}:
            self.seen.add(f"{event} {args[-1] if event == 'socket.connect' else args[0]}")
        elif self.is_on and event in {"open", "os.remove", "os.rename", "subprocess.Popen"}:
            self._note_path(event, str(args[0]))

    def _note_path(self, event, path):
        # Its own modules and the tables of its libraries are what a program may open.
        own = (
            sys.prefix,
            sys.base_prefix,
            str(Path.cwd()),
            "/proc/",
            "/dev/",
            "/usr/share/zoneinfo",
        )
        if not path.startswith(own) and not path.isdigit():
            self.seen.add(f"{event} {path[:200]}")


def most_memory_bytes():
    """Say how much this program has ever held: getrusage counts what its parent held too."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    return 1024 * int(re.search(r"VmHWM:\s+(\d+) kB", status.read_text())[1])


def main():
    """Read every case and print what happened."""
    watch = Watch()
    for _, read in FORMATS.values():
        read(next(good for good, reader in FORMATS.values() if reader is read))
    before_bytes = most_memory_bytes()
    slowest = ("", 0.0)
    crashes = []
    count = 0
    for name, kind, data in cases(sys.argv[1]):
        count += 1
        started = time.process_time()
        watch.is_on = True
        try:
            FORMATS[kind][1](data)
        except (UnreadableInputError, InvalidValueError, SourceError):
            pass
        except Exception as error:  # noqa: BLE001 - every other one is what is looked for
            crashes.append(f"{name}: {type(error).__name__}: {error}"[:300])
        watch.is_on = False
        slowest = max(slowest, (name, time.process_time() - started), key=lambda pair: pair[1])
    peak_bytes = most_memory_bytes()
    sys.stdout.write(
        json.dumps(
            {
                "cases": count,
                "crashes": crashes,
                "slowest": slowest,
                "peak_bytes": peak_bytes,
                "before_bytes": before_bytes,
                "touched": sorted(watch.seen),
            }
        )
    )


if __name__ == "__main__":
    main()
