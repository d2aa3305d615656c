"""Take the pictures of the layers' pages from a real map page, each small enough for a repository.

    tracker demo demo
    python docs/layers/make_pictures.py demo

Needs Chromium and what the tests need.
"""

import io
import shutil
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

import tracker

FOLDER = Path(__file__).parent
MOST_BYTES = 100_000
COLORS = (255, 160, 96, 48)
SIZE = {"width": 1180, "height": 760}
KEYS = ("estimates", "vague-areas", "movements", "sightings", "place-names")
AS_OF = "2022-02-20"
SHOTS = {
    "area_estimates": ("#view=5.5/50.5/34", {"estimates", "place-names"}),
    "vague_areas": ("#t=2022-01-01..2022-02-20&view=5/52/36", {"vague-areas", "place-names"}),
    "movements": ("#t=2022-01-01..2022-02-20&view=5/54/38", {"movements", "place-names"}),
    "sightings": ("#view=7/52/31", {"sightings", "place-names"}),
    "place_names": ("#view=5.5/50/32", {"place-names"}),
    "news": ("#view=5.5/51/33&new=1", set(KEYS) - {"vague-areas"}),
}


def main(workspace: str) -> None:
    """Write one picture per layer, and one of the whole page."""
    page_file = Path(tempfile.mkdtemp()) / "map.html"
    with tracker.open(workspace) as t:
        t.map(as_of=AS_OF, title="Russian build-up around Ukraine, 2021-22").save(page_file)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name, (fragment, shown) in SHOTS.items():
            page = browser.new_page(viewport=SIZE)
            hidden = ",".join(key for key in KEYS if key not in shown)
            page.goto(f"{page_file.as_uri()}{fragment}&hide={hidden}")
            page.wait_for_selector("html[data-ready]")
            page.wait_for_timeout(500)
            keep(picture(page, name), FOLDER / f"{name}.png")
            page.close()
        browser.close()


def picture(page: Page, name: str) -> bytes:
    """Take the map alone, with the chart where the layer has one.

    Returns
    -------
    bytes
        PNG.
    """
    if name != "area_estimates":
        return page.locator("#tm-main").screenshot()
    side = page.locator("#tm-side").bounding_box()
    head = page.locator("#tm-head").bounding_box()
    assert side is not None
    assert head is not None
    left, top = side["width"], head["height"]
    clip = {"x": left, "y": top, "width": SIZE["width"] - left, "height": SIZE["height"] - top}
    return page.screenshot(clip=clip)


def keep(png: bytes, path: Path) -> None:
    """Write a picture with as many colours as its size allows."""
    image = Image.open(io.BytesIO(png)).convert("RGB")
    for colors in COLORS:
        image.quantize(colors).save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    print(f"{path.name}: {path.stat().st_size / 1e3:.0f} kB")  # noqa: T201 - a script


if __name__ == "__main__":
    main(sys.argv[1])
