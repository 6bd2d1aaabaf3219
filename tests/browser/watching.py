"""What is looked for on every page."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response

from tests.browser.state import State

AXE = settings.BASE_DIR / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ASK_AXE = f"() => axe.run(document, {{runOnly: {TAGS}, resultTypes: ['violations'], iframes: false, preload: false}})"
SEND = """values => {
    const forms = [...document.querySelectorAll("main form[method=post], #content form[method=post]")];
    const form = forms.find(one => Object.keys(values).some(name => one.elements[name]));
    for (const [name, value] of Object.entries(values)) {
        // What only a later step of the page has is sent along.
        const added = () => form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
        (form.elements[name] ?? added()).value = value;
    }
    form.submit();
}"""
LOOKS = """() => ({
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    font: getComputedStyle(document.body).fontFamily,
    fonts: [...document.fonts].filter(font => font.status === "loaded").length,
})"""
ARTIFACTS = Path(__file__).parent.parent / "artifacts"


class Watch:
    """A window whose every page is looked over; `findings` is what was found."""

    def __init__(self, context: BrowserContext, host: str, label: str) -> None:
        self.page: Page = context.new_page()
        self.host, self.label = host, label
        self.findings: list[str] = []
        self.state = State("")
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._find(f"error in a script: {error}"))
        self.page.on("request", self._see_request)
        self.page.on("requestfailed", self._see_failure)
        self.page.on("response", self._see_response)

    def look_at(self, state: State) -> None:
        self.state = state
        response = self.page.goto(state.path)
        if state.form:
            with self.page.expect_navigation() as arrived:
                self.page.evaluate(SEND, {name: str(value) for name, value in state.form.items()})
            response = arrived.value
        assert response is not None
        if response.status != state.status:
            self._find(f"status {response.status}, expected {state.status}")
        self._look_over()

    def _look_over(self) -> None:
        looks = self.page.evaluate(LOOKS)
        if looks["overflow"] > 0:
            self._find(f"{looks['overflow']} px to scroll sideways")
        if "Source Sans" not in looks["font"] or not looks["fonts"]:
            self._find(f"the style sheets are not in force: {looks['font']}, {looks['fonts']} fonts")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        for violation in self.page.evaluate(ASK_AXE)["violations"]:
            for node in violation["nodes"]:
                self._find(f"axe {violation['id']}: {node['target']} {node['failureSummary']}")
        if os.environ.get("PORTAL_SCREENSHOTS"):
            self._photograph()

    def _photograph(self) -> None:
        ARTIFACTS.mkdir(exist_ok=True)
        name = "".join(letter if letter.isalnum() else "-" for letter in f"{self.label} {self.state}")
        self.page.screenshot(path=ARTIFACTS / f"{name[:120]}.png", full_page=True)

    def _find(self, what: str) -> None:
        self.findings.append(f"{self.state}: {what}")

    def _hear(self, message: ConsoleMessage) -> None:
        # The browser tells of a refused page in the console; the status is looked at already.
        own = message.location["url"].removeprefix(f"http://{self.host}").split("#")[0]
        if not (self.state.status >= 400 and own == self.state.path):
            self._find(f"console {message.type}: {message.text} ({message.location})")

    def _see_request(self, request: Request) -> None:
        address: Any = urlsplit(request.url)
        if address.scheme != "data" and address.netloc != self.host:
            self._find(f"asks another host: {request.url}")

    def _see_failure(self, request: Request) -> None:
        # The browser asks for the icon when the page stands already; leaving the page first takes it back.
        if request.failure != "net::ERR_ABORTED":
            self._find(f"request failed: {request.url} ({request.failure})")

    def _see_response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self._find(f"{response.status} for {response.url}")
