"""Take the pictures of the README from what a finished `monitor demo` really sent.

    .venv/bin/python tools/pictures.py [FOLDER_OF_THE_DEMO]

The mail and the Slack message are rendered from the alerts in its database, the page is the real
application over it, drawn by Chromium (named in CHROMIUM, else `chromium` on the path). Nothing
draws Slack offline: its Block Kit is set in plain HTML here, marks and links as Slack shows them.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import sys
import threading
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from monitor.alerts.render import Forms, render
from monitor.config.load import load
from monitor.models import Alert
from monitor.store import Store
from monitor.web.app import create_app
from monitor.web.server import serve

IMAGES = Path(__file__).parents[1] / "docs" / "images"
PAGE = "https://monitor.example.org"
_CROP = """() => {
  document.querySelectorAll(".item.own").forEach((each) => each.remove());
  const first = document.querySelector(".item.major");
  for (const each of [...document.querySelectorAll(".item")]) {
    if (each === first) break;
    each.remove();
  }
  document.querySelectorAll("section:not(.card)").forEach((each) => {
    if (!each.querySelector(".item")) each.remove();
  });
}"""
_SLACK = """<body style="margin:0;padding:16px 20px;width:560px;background:#fff;color:#1d1c1d;
font:15px/1.5 Lato,'Noto Sans','Noto Sans CJK KR',sans-serif;overflow-wrap:anywhere">
<b>Liaison Monitor</b> <span style="font-size:11px;background:#ddd;padding:1px 4px">APP</span>"""


def main(folder: Path) -> None:
    """Write the three pictures; the demo in `folder` must be over."""
    config = load(next(folder.rglob("monitor.yaml")), os.environ)
    with Store.open(next(folder.rglob("monitor.db")), create=False) as store:
        alerts = store.alerts(500)
        moved = next(alert for alert in reversed(alerts) if alert.moves)
        later = next(alert for alert in alerts if alert.moves and alert.root)
        with sync_playwright() as playwright:
            name = os.environ.get("CHROMIUM") or shutil.which("chromium")
            browser = playwright.chromium.launch(executable_path=name, args=["--no-sandbox"])
            _draw(browser, _mail(later), 640, "alert-email.png")
            _draw(browser, _slack(moved), 600, "alert-slack.png")
            _page(browser, store, config, alerts[0].created)
            browser.close()


def _mail(alert: Alert) -> str:
    return render(alert, "email", Forms(page=PAGE)).html or ""


def _slack(alert: Alert) -> str:
    blocks = render(alert, "slack", Forms(page=PAGE)).blocks
    return _SLACK + "".join(map(_block, blocks))


def _block(block: Any) -> str:
    if block["type"] == "header":
        return (
            f"<h3 style='margin:4px 0 8px;font-size:18px'>{html.escape(block['text']['text'])}</h3>"
        )
    texts = [block["text"]] if "text" in block else block["elements"]
    style = "font-size:13px;color:#616061" if block["type"] == "context" else ""
    return "".join(f"<p style='margin:8px 0;{style}'>{_marked(t['text'])}</p>" for t in texts)


def _marked(text: str) -> str:
    """Slack's mrkdwn as HTML; it is escaped already."""
    text = re.sub(
        r"^&gt; ", '<span style="border-left:4px solid #ddd;padding-left:8px"></span>', text
    )
    text = re.sub(r"<([^|>]+)\|([^>]+)>", r'<a style="color:#1264a3" href="\1">\2</a>', text)
    text = re.sub(r"(?<!\w)\*([^*\n]+)\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<!\w)~([^~\n]+)~", r"<s>\1</s>", text)
    text = re.sub(r"(?<!\w)_\(([^\n]+?)\)_", r"<i>(\1)</i>", text)
    return text.replace("\n", "<br>")


def _draw(browser: Browser, page: str, width: int, name: str) -> None:
    tab = browser.new_page(viewport={"width": width, "height": 100}, device_scale_factor=1.25)
    tab.set_content(page)
    tab.screenshot(path=IMAGES / name, full_page=True)
    tab.close()


class _Still:
    """A clock that stands at the end of the demo."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


def _page(browser: Browser, store: Store, config: Any, at: datetime) -> None:
    app = create_app(store, config, _Still(at), lambda: (True, {"why": "it polls"}))
    server = serve(app, "127.0.0.1:0")
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        tab = browser.new_page(viewport={"width": 960, "height": 1000})
        tab.goto(server.url)
        # From the last move of the state card on, without the service's own messages.
        tab.evaluate(_CROP)
        tab.screenshot(path=IMAGES / "page.png")
        tab.close()
    finally:
        server.should_exit = True
        thread.join(10)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "data/demo"))
