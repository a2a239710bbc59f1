"""What matched, in plain words: the line of a case in which the words stand, from what its reader may read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from regulator.casework.searching.queries import Hit

PLACES = {
    "case_file.title": "Title",
    "participant.name": "Person outside",
    "participant.email": "Email address",
    "participant.phone": "Phone number",
    "participant.authority": "Authority to act",
    "body_name.name": "Body",
    "complaint.what_happened": "What happened",
    "complaint.happened_where": "Where it happened",
    "complaint.happened_when": "When it happened",
    "complaint.force_reference": "The force’s reference",
    "complaint.outcome_sought": "What they ask for",
    "allegation.words": "Allegation",
    "allegation.reasons": "Reasons",
    "evidence_item.question": "Request",
    "evidence_item.answer": "Answer, not yet sent",
    "issued_version.text": "As it was sent",
    "document.name": "File",
    "paragraph.words": "Paragraph",
    "comment.words": "Comment",
    "comment.draft": "Comment, not yet sent",
    "report_finding.words": "Finding",
    "recommendation.words": "Recommendation",
    "concern.words": "Concern",
    "notice_step.words": "Step of the notice",
}
"""What the places are called in which words stand; any other is called by its own name."""
AROUND, LINES = 70, 2


@dataclass(frozen=True)
class Piece:
    """A few of the words of a line; is_hit where they are those looked for."""

    words: str
    is_hit: bool


@dataclass(frozen=True)
class Match:
    """A line in which the words stand."""

    place: str
    pieces: Sequence[Piece]


def matches(hit: Hit, typed: str) -> list[Match]:
    """The lines of a case that say best why it was found, the best first; a name where only a name was like it."""
    looked_for = _pattern(typed)
    if looked_for is not None:
        told = [(place, words, looked_for) for place, words in hit.said]
        found = [(len(_hits(*each[1:])), each) for each in told]
        best = sorted((one for one in found if one[0]), key=lambda one: -one[0])[:LINES]
        if best:
            return [Match(called(place), _cut(words, pattern)) for _, (place, words, pattern) in best]
    if not hit.by_name:
        return []
    names = [(place, words) for place, words in hit.said if place in ("participant.name", "case_file.title")]
    near = sorted(names, key=lambda one: -_likeness(one[1], typed))[:1]
    return [Match(f"{called(place)}, nearly the same", [Piece(words, True)]) for place, words in near]


def called(place: str) -> str:
    """What a place is called on the page."""
    if place in PLACES:
        return PLACES[place]
    name = place.rpartition(".")[2].replace("_", " ")
    return name[:1].upper() + name[1:]


def _plain(words: str) -> str:
    """Small letters without accents, each standing where it stood."""
    return "".join(unicodedata.normalize("NFD", one)[0].lower()[:1] or one for one in words)


ENDING = "(?:ings?|ed|ies|ied|es|ions?|ly|s|e|y)"
ENDED = re.compile(rf"(?<=\w{{4}}){ENDING}$")
SMALL = frozenset({"or", "and", "the", "of", "a", "in", "to", "on", "for"})


def _stems(typed: str) -> Iterator[str]:
    """The words typed without their endings, those with a minus sign left out."""
    for word in re.findall(r"\w+", re.sub(r"(^|\s)-\S+", " ", _plain(typed))):
        if word not in SMALL and len(word) > 1:
            yield ENDED.sub("", word)


def _pattern(typed: str) -> re.Pattern[str] | None:
    stems = sorted(set(_stems(typed)), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, stems))}){ENDING}?\b") if stems else None


def _hits(words: str, pattern: re.Pattern[str]) -> set[str]:
    return {found.group() for found in pattern.finditer(_plain(words))}


def _cut(words: str, pattern: re.Pattern[str]) -> list[Piece]:
    """The words around the first hit, with every hit among them told apart."""
    plain = _plain(words)
    first = next(pattern.finditer(plain))
    start = _edge(words, max(0, first.start() - AROUND))
    end = min(len(words), first.end() + 2 * AROUND)
    pieces, at = [Piece("…" if start else "", False)], start
    for found in pattern.finditer(plain, start, end):
        pieces += [Piece(words[at : found.start()], False), Piece(words[found.start() : found.end()], True)]
        at = found.end()
    rest = words[at:end] if end == len(words) else f"{words[at:end].rpartition(' ')[0]}…"
    return [piece for piece in [*pieces, Piece(rest, False)] if piece.words]


def _edge(words: str, at: int) -> int:
    """The beginning of a word at or after a place."""
    space = words.find(" ", at)
    return at if at == 0 or space < 0 else space + 1


def _likeness(words: str, typed: str) -> int:
    return len(_threes(words) & _threes(typed))


def _threes(words: str) -> set[str]:
    plain = _plain(words)
    return {plain[at : at + 3] for at in range(len(plain) - 2)}
