"""axe-core, which checks a page by the rules of WCAG 2."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).parents[1] / "browser/node_modules/axe-core/axe.min.js"


def faults(page: Page) -> list[str]:
    """What is serious or critical in a page as it stands, with the elements concerned; skips where axe is absent."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: scripts/setup --dev does it")
    if not page.evaluate("'axe' in globalThis"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], preload: false})")
    return [
        f"{rule['id']}: {[(node['html'][:160], node['failureSummary']) for node in rule['nodes'][:3]]}"
        for rule in found["violations"]
        if rule["impact"] in ("serious", "critical")
    ]
