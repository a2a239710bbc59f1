"""What is wrong with a page, in sentences: read from its markup alone, so that any test can ask it of any page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

import html5lib

HARMLESS: set[str] = set()
UNSPOKEN = {"script", "style", "svg", "title", "desc"}
TYPED = {"textarea", "code", "pre"}
STRAIGHT = re.compile(r"[\"']")
TYPED_CLASS = "typed"
INLINE = re.compile(r"^on[a-z]+$")
BLANK = re.compile(r"\s+")


class Markup(NamedTuple):
    """A page as a browser reads it, and what it stumbled over."""

    tree: Element
    stumbles: list[str]


def read(markup: str) -> Markup:
    """Reads a page as a browser does."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(markup)
    return Markup(tree, sorted({code for _, code, _ in parser.errors} - HARMLESS))


def faults(page: Markup) -> list[str]:
    """What is wrong with a page, each in a sentence; nothing for a good one."""
    tree = page.tree
    return [
        *(f"the markup has a fault: {code}" for code in page.stumbles),
        *_headings(tree),
        *_ids(tree),
        *_forms(tree),
        *_inline(tree),
        *_quotes(tree),
    ]


def _headings(tree: Element) -> Iterator[str]:
    titles = [said(one) for one in tree.findall("./head/title")]
    headings = [said(one, without="caption") for one in tree.iter("h1")]
    if len(titles) != 1 or not titles[0]:
        yield f"there is not one title: {titles}"
    elif len(headings) != 1:
        yield f"there is not one first heading: {headings}"
    elif not titles[0].startswith((headings[0], f"Error: {headings[0]}")):
        yield f"the title “{titles[0]}” does not begin with the heading “{headings[0]}”"


def _ids(tree: Element) -> Iterator[str]:
    counted = Counter(one.get("id") for one in tree.iter() if one.get("id") is not None)
    yield from (f"the id “{name}” is there {count} times" for name, count in counted.items() if count > 1)
    yield from ("an id is empty" for name in counted if not name)
    for one in tree.iter():
        for attribute in ("for", "aria-labelledby", "aria-describedby"):
            lost = [name for name in (one.get(attribute) or "").split() if name not in counted]
            yield from (f"{attribute} names “{name}”, which is not there" for name in lost)


def _forms(tree: Element) -> Iterator[str]:
    for form in tree.iter("form"):
        method = (form.get("method") or "").lower()
        names = {one.get("name") for one in form.iter("input")}
        where = form.get("action") or "this page"
        if method not in ("get", "post"):
            yield f"the form to {where} does not say how it is sent"
        if method == "post" and "csrf_token" not in names:
            yield f"the form to {where} has no token against forgery"
        if method == "get" and not form.get("action"):
            yield "a form that searches does not say where"
        if not any(one.get("type", "submit") == "submit" for one in form.iter("button")):
            yield f"the form to {where} has no button"


def _inline(tree: Element) -> Iterator[str]:
    for one in tree.iter():
        if one.tag == "style" or "style" in one.attrib:
            yield f"a style stands in the page, at <{one.tag}>"
        if one.tag == "script" and not one.get("src"):
            yield "a script stands in the page"
        if any(INLINE.match(name) for name in one.attrib):
            yield f"a handler stands in the page, at <{one.tag}>"


def _quotes(tree: Element) -> Iterator[str]:
    body = tree.find("./body")
    for text in _texts(body) if body is not None else ():
        if STRAIGHT.search(text):
            yield f"straight quotes: {text[:80]}"


def _texts(element: Element) -> Iterator[str]:
    """The texts that the regulator wrote: what people typed stands in elements of a class of its own."""
    if not isinstance(element.tag, str) or element.tag in UNSPOKEN | TYPED:
        return
    if TYPED_CLASS in (element.get("class") or "").split():
        return
    yield element.text or ""
    for child in element:
        yield from _texts(child)
        yield child.tail or ""


def said(element: Element, without: str = "") -> str:
    """The words of an element, without those of a class of elements in it."""

    def walk(one: Element) -> Iterator[str]:
        yield one.text or ""
        for child in one:
            if not without or without not in (child.get("class") or "").split():
                yield from walk(child)
            yield child.tail or ""

    return BLANK.sub(" ", "".join(walk(element))).strip()
