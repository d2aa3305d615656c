"""Make the pictures of the documents from real pages: run `python docs/images/make_pictures.py`.

It builds the demo and follows the page on an own theatre in a temporary folder, and takes each
picture with Chromium. Needs what the tests need.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[2]))

from jobs.demo import make_demo
from tests.conftest import chromium_path
from tests.test_document_examples import OWN_THEATRE, follow

IMAGES = Path(__file__).parent
ROOT = IMAGES.parents[1]
LARGEST_BYTES = 300_000
QUALITY = 80
"""Of JPEG: text is sharp, and a map stays below 300 kB."""
DRAWN_MS = 2_500


def take(browser: Browser, page: Path, picture: str, width: int, height: int) -> None:
    """Open a page and keep what its first screen shows.

    Raises
    ------
    SystemExit
        Where the picture is too large for a document.
    """
    tab = browser.new_page(
        viewport={"width": width, "height": height}, color_scheme="light", device_scale_factor=1
    )
    tab.goto(page.as_uri())
    tab.wait_for_timeout(DRAWN_MS)
    path = IMAGES / picture
    tab.screenshot(path=path, type="jpeg", quality=QUALITY)
    tab.close()
    if path.stat().st_size > LARGEST_BYTES:
        raise SystemExit(f"{path} has more than {LARGEST_BYTES // 1000} kB; make it smaller.")


def main() -> None:
    """Make all of them.

    Raises
    ------
    SystemExit
        Where the page on an own theatre cannot be followed.
    """
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = Path(place)
        make_demo(folder / "demo")
        followed = follow(ROOT / OWN_THEATRE, folder)
        if followed.returncode:
            raise SystemExit(followed.stderr)
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-gpu"]
        )
        site = folder / "demo/site"
        take(browser, site / "theatre.html", "page.jpg", 1280, 800)
        take(browser, site / "index.html", "site.jpg", 1100, 760)
        take(browser, site / "briefings/2022-01-14.html", "briefing.jpg", 900, 760)
        take(browser, folder / "caucasus/map.html", "own-theatre.jpg", 1200, 760)
        browser.close()


if __name__ == "__main__":
    main()
