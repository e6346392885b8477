"""What a test asks of a page as it is drawn: is it too wide, can it be read, can it be tapped."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page as Tab

LEAST_CONTRAST = 4.5  # WCAG 2.2, 1.4.3 for text of ordinary size
LEAST_TAP = 24  # CSS pixels: WCAG 2.2, 2.5.8, for what is not inside a sentence

# Every run of text with its colour and the first opaque ground behind it. Boxes of text outside of
# the window's width count as too wide, whatever the document says of itself.
_TEXTS = """() => {
  const rgba = (text) => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255)
      .map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walk.nextNode()) {
    const node = walk.currentNode, parent = node.parentElement;
    if (!node.textContent.trim() || !parent.checkVisibility()) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    const [front, back] = [light(rgba(getComputedStyle(parent).color)), light(ground(parent))];
    const contrast = (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
    found.push({
      text: node.textContent.trim().slice(0, 60), contrast, left: box.left, right: box.right,
      size: parseFloat(getComputedStyle(parent).fontSize),
    });
  }
  return found;
}"""


def too_wide(tab: Tab) -> list[str]:
    """What stands outside of the window at the left or right."""
    width = tab.evaluate("document.documentElement.clientWidth")
    whole = tab.evaluate("document.documentElement.scrollWidth")
    out = [t["text"] for t in _texts(tab) if t["left"] < -0.5 or t["right"] > width + 0.5]
    return [*out, *([f"the document: {whole} of {width} px"] if whole > width else [])]


def hard_to_read(tab: Tab) -> list[str]:
    """Texts with too little contrast, or smaller than 12 pixels."""
    return [
        f"{t['text']}: contrast {t['contrast']:.2f}, {t['size']} px"
        for t in _texts(tab)
        if t["contrast"] < LEAST_CONTRAST or t["size"] < 12
    ]


def hard_to_tap(tab: Tab, selector: str, least: float = LEAST_TAP) -> list[str]:
    """The elements of `selector` that are lower or narrower than `least` pixels."""
    boxes = [(each, each.bounding_box()) for each in tab.locator(selector).all()]
    return [
        f"{each.inner_text()}: {box['width']:.0f} x {box['height']:.0f}"
        for each, box in boxes
        if box is not None and min(box["width"], box["height"]) < least
    ]


def asked_for(tab: Tab) -> list[str]:
    """The addresses that the tab asks for from now on; the list grows as it does."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    return asked


def _texts(tab: Tab) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tab.evaluate(_TEXTS)
    assert found, "the page shows no text"
    return found
