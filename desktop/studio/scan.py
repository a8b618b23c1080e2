"""The safety scan: what in a lesson may not go into a place, and what a person should look at.

Joining strings can always beat a scanner. The preview, and code that comes from our own builder
rather than from a model, are the real defence; this finds what is careless and what is known.
"""

import functools
import hashlib
import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from desktop.lessons import assets, luau
from desktop.lessons.builder import place_config
from desktop.lessons.instances import SCRIPT_CLASSES, Build, Instance
from desktop.sentences import say
from desktop.studio import scan_rules, scan_table
from desktop.studio.scan_rules import Hit

Verdict = Literal["ok", "review", "blocked"]

_PORTS = {"http": 80, "https": 443}
"""The schemes that a place reports by, with their ports."""


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
        return (
            Hit(
                "syntax",
                fault.line,
                say("this is no valid Luau: {message}", message=fault.message),
                True,
            ),
        )
    may_send = _is_own_telemetry(text)
    found = scan_rules.hits(text)
    return tuple(hit for hit in found if not (may_send and hit.rule == "http_request"))


@functools.lru_cache(maxsize=4096)
def _text_hits(label: str, text: str) -> tuple[Hit, ...]:
    """What one text has of itself; lessons name most of their parts alike."""
    return tuple(scan_rules.text_hits(label, text))


def scan_instance(instance: Instance, above: tuple[str, ...] = ()) -> list[Finding]:
    """Scan an instance and all below it: sources, names, attributes, texts and tags."""
    found = []
    for path, each in instance.walk(above):
        where = "/".join(path)
        if each.class_name in SCRIPT_CLASSES:
            found += scan_source(str(each.properties.get("Source", "")), where=where)
        for label, text in _texts(each):
            found += [_finding(hit, where) for hit in _text_hits(label, text)]
        for name in set(scan_table.FORBIDDEN_PROPERTIES) & each.properties.keys():
            sentence = say("{where}: It sets {name}, which can bring in code from elsewhere.",
                           where=where, name=name)  # fmt: skip
            found.append(Finding("linked_source", 0, sentence, blocks=True, where=where))
    return found


def scan_build(build: Build, *, school: str = "") -> ScanReport:
    """Scan everything a push would put into a place.

    The address of the school in a lesson that our builder made is no finding: `school`, the
    server that is signed in to, or one on this machine. Any other address is one, and so is
    every address in a file from elsewhere (which has no lesson).
    """
    found: list[Finding] = []
    for placed in build.placed:
        found += scan_instance(placed.instance, (placed.service,))
    if build.lesson_id:
        sources = build.scripts.items()
        known = {path for path, source in sources if _tells_the_school(path, source, school)}
        found = [each for each in found if each.rule != "url" or each.where not in known]
    return ScanReport(tuple(found))


def _tells_the_school(path: str, source: str, school: str) -> bool:
    """Whether a module is our builder's PlaceConfig, to the byte, with an address of the school."""
    service, *_, name = path.split("/")
    config = place_config.read(source)
    if (service, name) != ("ServerScriptService", "PlaceConfig") or config is None:
        return False
    given = _origin(config.url)
    return given is not None and (_is_loopback(given[1]) or given == _origin(school))


def _origin(url: str) -> tuple[str, str, int | None] | None:
    """Scheme, host and port of a plain web address; None when it is no such thing."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port or _PORTS[parts.scheme]


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _texts(instance: Instance) -> Iterator[tuple[str, str]]:
    yield say("name"), instance.name
    for name, value in instance.properties.items():
        if isinstance(value, str) and name != "Source":
            yield name, value
    for attribute, given in instance.attributes.items():
        yield say("attribute name"), attribute
        if isinstance(given, str):
            yield say("attribute {name}", name=attribute), given
    for tag in instance.tags:
        yield say("tag"), tag


def _finding(hit: Hit, where: str) -> Finding:
    place = where
    if hit.line and where:
        place = say("{where}, line {line}", where=where, line=hit.line)
    elif not where:
        place = say("Line {line}", line=hit.line)
    text = say("{place}: {what}", place=place, what=hit.text)
    return Finding(hit.rule, hit.line, text, hit.blocks, where)


def _is_own_telemetry(text: str) -> bool:
    """Whether a source is, to the byte, the telemetry module that our builder puts into a place."""
    return hashlib.sha256(text.encode()).hexdigest() in own_modules()


def own_modules() -> frozenset[str]:
    """The hashes of the modules of ours that may use the web."""
    return frozenset({hashlib.sha256(assets.luau("Telemetry").encode()).hexdigest()})
