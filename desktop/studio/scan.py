"""The safety scan: what in a lesson may not go into a place, and what a person should look at.

Joining strings can always beat a scanner. The preview, and code that comes from our own builder
rather than from a model, are the real defence; this finds what is careless and what is known.
"""

import functools
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from desktop.lessons import assets, luau
from desktop.lessons.instances import SCRIPT_CLASSES, Build, Instance
from desktop.studio import scan_rules
from desktop.studio.scan_rules import Hit
from desktop.studio.tokens import lex

Verdict = Literal["ok", "review", "blocked"]

_LONGEST_CONFIG = 4_000
"""Characters: four texts and a comment are far shorter."""


@dataclass(frozen=True)
class Finding:
    """One finding: the rule, the line (0 when it is in no source), and a sentence."""

    rule: str
    line: int
    text: str
    blocks: bool
    where: str = ""
    """The path of the instance; empty for a single source."""


@dataclass(frozen=True)
class ScanReport:
    """What a scan found in all."""

    findings: tuple[Finding, ...] = ()

    @property
    def blocked(self) -> tuple[Finding, ...]:
        """The findings that keep the lesson out."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def verdict(self) -> Verdict:
        """`blocked`, `review` (a person should look), or `ok`."""
        if self.blocked:
            return "blocked"
        return "review" if self.findings else "ok"


def scan_source(text: str, *, where: str = "") -> list[Finding]:
    """Scan one Luau source. It is compiled and read, never run."""
    found = [_finding(hit, where) for hit in _hits(text)]
    return sorted(found, key=lambda finding: (finding.line, finding.rule))


@functools.lru_cache(maxsize=256)
def _hits(text: str) -> tuple[Hit, ...]:
    """What one source has of itself; the same modules are in every lesson, so it is remembered."""
    # A byte order mark is no Luau to the compiler, and Studio's editor leaves it alone.
    fault = luau.syntax_fault(text.removeprefix("\ufeff"))
    if fault is not None:
        return (Hit("syntax", fault.line, f"this is no valid Luau: {fault.message}", True),)
    may_send = _is_own_telemetry(text)
    found = scan_rules.hits(text, list(lex(text)))
    return tuple(hit for hit in found if not (may_send and hit.rule == "http_request"))


def scan_instance(instance: Instance, above: tuple[str, ...] = ()) -> list[Finding]:
    """Scan an instance and all below it: sources, names, attributes, texts and tags."""
    found = []
    for path, each in instance.walk(above):
        where = "/".join(path)
        if each.class_name in SCRIPT_CLASSES:
            found += scan_source(str(each.properties.get("Source", "")), where=where)
        for label, text in _texts(each):
            found += [_finding(hit, where) for hit in scan_rules.text_hits(label, text)]
        for name in scan_rules.FORBIDDEN_PROPERTIES & each.properties.keys():
            sentence = f"It sets {name}, which can bring in code from elsewhere."
            found.append(Finding("linked_source", 0, sentence, blocks=True, where=where))
    return found


def scan_build(build: Build) -> ScanReport:
    """Scan everything a push would put into a place.

    The school's own address in a lesson that our builder made is no finding; in a file from
    elsewhere (which has no lesson) it is one.
    """
    found: list[Finding] = []
    for placed in build.placed:
        found += scan_instance(placed.instance, (placed.service,))
    if build.lesson_id:
        configs = {path for path, source in build.scripts.items() if _is_place_config(source)}
        found = [each for each in found if each.rule != "url" or each.where not in configs]
    return ScanReport(tuple(found))


def _is_place_config(source: str) -> bool:
    """Whether a module is nothing but the four texts of our builder's PlaceConfig."""
    if len(source) > _LONGEST_CONFIG:
        return False
    code = [token for token in lex(source) if token.kind != "comment"]
    words = [token.text for token in code if token.kind == "name"]
    plain = all(token.kind in {"name", "string", "symbol"} for token in code)
    signs = {token.text for token in code if token.kind == "symbol"}
    fields = {"return", "url", "placeKey", "classId", "joinCode"}
    return plain and signs <= {"{", "}", "=", ","} and len(words) == 5 and set(words) == fields


def _texts(instance: Instance) -> Iterator[tuple[str, str]]:
    yield "name", instance.name
    for name, value in instance.properties.items():
        if isinstance(value, str) and name != "Source":
            yield name, value
    for attribute, given in instance.attributes.items():
        yield "attribute name", attribute
        if isinstance(given, str):
            yield f"attribute {attribute}", given
    for tag in instance.tags:
        yield "tag", tag


def _finding(hit: Hit, where: str) -> Finding:
    place = f"{where}, line {hit.line}" if where and hit.line else where or f"Line {hit.line}"
    return Finding(hit.rule, hit.line, f"{place}: {hit.text}", hit.blocks, where)


def _is_own_telemetry(text: str) -> bool:
    """Whether a source is, to the byte, the telemetry module that our builder puts into a place."""
    return hashlib.sha256(text.encode()).hexdigest() in _own_modules()


def _own_modules() -> frozenset[str]:
    return frozenset({hashlib.sha256(assets.luau("Telemetry").encode()).hexdigest()})
