"""A person at a browser, who finds things by what they are called; each page they come to is looked at closely."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Response, Route, expect

from tests.linting import faults, read

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
TELLING = (
    "class",
    "role",
    "type",
    "hidden",
    "open",
    "disabled",
    "aria-hidden",
    "aria-current",
    "tabindex",
    "lang",
)
"""Attributes whose value matters to how a thing is seen and told; of all others only that they are there."""
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
REFUSED = "Failed to load resource"
"""What Chromium says of a page that was refused; whether it may be, the journey says."""
OURS = 500


@dataclass(frozen=True)
class Seat:
    """What somebody sits at: how wide its window is, and whether it runs script."""

    name: str
    width: int
    height: int
    script: bool = True

    def __str__(self) -> str:
        return self.name


DESKTOP = Seat("desktop", 1280, 900)
DESKTOP_PLAIN = Seat("desktop without script", 1280, 900, script=False)
PHONE = Seat("phone", 390, 844)
PHONE_PLAIN = Seat("phone without script", 390, 844, script=False)

_looked_at: dict[Seat, set[str]] = {}


class Browser:
    """One person’s browser. What is done in it returns it, so that a journey reads as a list of what they do."""

    def __init__(self, context: BrowserContext, seat: Seat, examiner: Page) -> None:
        self.context, self.seat, self.examiner = context, seat, examiner
        self.said: list[str] = []
        self.status = 0
        self.page = context.new_page()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.said.append(str(error)))
        self.page.on("response", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(REFUSED):
            self.said.append(message.text)

    def _note(self, response: Response) -> None:
        if response.request.resource_type != "document" and not response.ok:
            self.said.append(f"{response.status} for {response.url}")

    # Going

    def visit(self, path: str) -> Browser:
        """Go to an address."""
        return self._arrive(self.page.goto(path))

    def click(self, label: str, of: str = "") -> Browser:
        """Press the button or follow the link called so; `of` names the part of the page it is in."""
        there = self._pressable(label, of).first
        expect(there, f"{self.where} offers {self._pressables()}").to_be_visible()
        with self.page.expect_navigation() as going:
            there.click()
        return self._arrive(going.value)

    def send(self) -> Browser:
        """Press the button of the page’s form, which here is called as the page is."""
        with self.page.expect_navigation() as going:
            self._main_button.click()
        return self._arrive(going.value)

    def press_twice(self) -> Browser:
        """Press it again before the answer to the first has come."""
        with self.page.expect_navigation() as going:
            self._main_button.dblclick()
        return self._arrive(going.value)

    @property
    def _main_button(self) -> Locator:
        return self.page.locator(
            "main form button.govuk-button[type=submit]:not(.govuk-button--secondary)"
        ).last

    def opens(self, reference: str, code: str) -> Browser:
        """Come back to a complaint with what was kept."""
        self.visit("/complaint").fill("Reference", reference).fill("Code", code)
        return self.click("Open my complaint").is_at("Your complaint")

    def open(self, summary: str) -> Browser:
        """Open what is folded away."""
        self.page.locator("summary", has_text=summary).first.click()
        return self

    def again(self) -> Browser:
        """Load the page again."""
        return self._arrive(self.page.reload())

    def _pressable(self, label: str, of: str = "") -> Locator:
        part = self._part(of)
        return part.get_by_role("button", name=label, exact=True).or_(
            part.get_by_role("link", name=label, exact=True)
        )

    def _pressables(self) -> list[str]:
        """Everything on the page that can be pressed, for whoever looks for what is not there."""
        return [one.strip() for one in self.page.locator("main a, main button").all_inner_texts()]

    def _part(self, of: str) -> Locator:
        """The main part of the page; or the group, region or list of that name in it."""
        if not of:
            return self.page.locator("body")
        return self.page.get_by_role("group", name=of, exact=True).or_(
            self.page.get_by_role("region", name=of, exact=True)
        )

    # Answering

    def fill(self, label: str, text: str, of: str = "") -> Browser:
        """Write an answer into the box called so."""
        self._part(of).get_by_label(label, exact=True).fill(text)
        return self

    def fill_day(self, question: str, day: int, month: int, year: int) -> Browser:
        """Write a date into the three boxes of a question."""
        for label, number in (("Day", day), ("Month", month), ("Year", year)):
            self.fill(label, str(number), of=question)
        return self

    def choose(self, answer: str, of: str = "") -> Browser:
        """Choose one of a few answers; `of` is the question, where answers of the same name stand in several."""
        self._part(of).get_by_role("radio", name=answer, exact=True).check()
        return self

    def pick(self, question: str, answer: str, of: str = "") -> Browser:
        """Choose from a list that opens."""
        self._part(of).get_by_label(question, exact=True).select_option(label=answer)
        return self

    def tick(self, label: str, of: str = "") -> Browser:
        """Tick a box."""
        self._part(of).get_by_role("checkbox", name=label, exact=True).check()
        return self

    # Seeing

    def sees(self, *texts: str) -> Browser:
        """Each of these words stands on the page where it can be seen, or can be unfolded."""
        for text in texts:
            expect(self.page.locator("body"), f"{self.where} says “{text}”").to_contain_text(text)
        return self

    def sees_nothing_of(self, *texts: str) -> Browser:
        """None of these words is anywhere in the page."""
        whole = self.page.content()
        self._refuse([f"says “{text}”" for text in texts if text in whole])
        return self

    def offers(self, *labels: str) -> Browser:
        """Each of these is a link or a button of the page."""
        for label in labels:
            expect(self._pressable(label).first, f"{self.where} offers “{label}”").to_be_visible()
        return self

    def does_not_offer(self, *labels: str) -> Browser:
        """None of these is a link or a button of the page."""
        self._refuse([f"offers “{label}”" for label in labels if self._pressable(label).count()])
        return self

    def has(self, label: str, text: str, of: str = "") -> Browser:
        """The box called so holds this."""
        expect(self._part(of).get_by_label(label, exact=True)).to_have_value(text)
        return self

    def is_at(self, title: str, status: int = 200) -> Browser:
        """The page has this heading, and was answered so."""
        expect(self.page.locator("h1"), self.where).to_contain_text(title)
        assert self.status == status, f"{self.where} answered {self.status}"
        return self

    def text(self, selector: str) -> str:
        """The words of a part of the page."""
        return self.page.locator(selector).first.inner_text()

    @property
    def path(self) -> str:
        """The address without the place."""
        return "/" + self.page.url.split("/", 3)[3]

    @property
    def where(self) -> str:
        """The page as an error names it."""
        return f"{self.path} at a {self.seat.name}"

    # Looking closely

    def _arrive(self, response: Response | None) -> Browser:
        self.status = response.status if response else 0
        assert 0 < self.status < OURS, f"{self.where} answered {self.status}"
        self._look()
        return self

    def _look(self) -> None:
        """No page has a fault of markup, an error in the console, anything wider than itself, or bars somebody’s way."""
        self._refuse(self.said)
        assert not self.page.evaluate(TOO_WIDE), f"{self.where} is wider than its window"
        markup = self.page.content()
        page = read(markup)
        self._refuse(faults(page))
        known = _looked_at.setdefault(self.seat, set())
        if not (things := set(_things(page.tree))) <= known:
            self._refuse(self._barriers(markup))
            known |= things

    def _refuse(self, found: Sequence[str]) -> None:
        assert not found, "\n".join([self.where, *found])

    def _barriers(self, markup: str) -> list[str]:
        """What bars the way of people with disabilities, each with the first place it was found."""
        page = self.page if self.seat.script else self._copied(markup)
        found = Axe().run(page, options=WCAG).response["violations"]
        return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found]

    def _copied(self, markup: str) -> Page:
        """The same page before an examiner whose own script can run, though none of the page’s does."""
        self.examiner.unroute_all()
        self.examiner.route(
            "**/init.js*", lambda route: route.fulfill(content_type="text/javascript", body="")
        )
        self.examiner.route(self.page.url, _answer(markup))
        self.examiner.set_viewport_size({"width": self.seat.width, "height": self.seat.height})
        self.examiner.goto(self.page.url)
        return self.examiner


def _things(element: Element, within: str = "") -> Iterator[str]:
    """Every thing on a page as whatever may bar somebody’s way sees it: what it is, in what, and whether it says anything."""
    own = ",".join(
        f"{name}={element.get(name) if name in TELLING else ''}" for name in sorted(element.attrib)
    )
    thing = f"{within} {element.tag}[{own}]"
    yield f"{thing}{'.' if (element.text or '').strip() else ''}"
    for child in element:
        if isinstance(child.tag, str):
            yield from _things(child, thing)


def _answer(markup: str):
    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=markup)

    return answer
