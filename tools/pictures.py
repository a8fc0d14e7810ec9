"""Draw the pictures that stand in the repository: the social picture and the README's screenshot."""

from playwright.sync_api import sync_playwright

from tools import browser
from tools.site import ROOT, serve

SOCIAL = ROOT / "overrides/assets/images/social.svg"
SCREENSHOT = ROOT / ".github/screenshot.png"


def main() -> None:
    """Render social.svg to a PNG beside it, and a page of the site in site/ to the screenshot."""
    with sync_playwright() as playwright, serve(ROOT / "site", "/") as address:
        chromium = playwright.chromium.launch(executable_path=browser.executable(), args=browser.ARGUMENTS)
        page = chromium.new_page(viewport={"width": 1200, "height": 630})
        page.goto(SOCIAL.as_uri())
        page.screenshot(path=SOCIAL.with_suffix(".png"))
        page.set_viewport_size({"width": 1280, "height": 800})
        page.goto(f"{address}projects/unbyol/", wait_until="networkidle")
        page.screenshot(path=SCREENSHOT)
        chromium.close()


if __name__ == "__main__":
    main()
