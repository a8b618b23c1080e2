"""Which lines of the plugin its tests in the Luau machine run through.

    python -m tests.studio.luau_coverage [pytest's arguments]

Luau's machine has no hooks for lines, so each statement's line gets a call put before it. They are
found by the tokens alone, and carefully: a line is left out rather than broken, as `elseif` is.
Ends with 1 when a module that has to be covered whole is not.
"""

import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop import resources
from desktop.studio import luau_machine, tokens

HERE = Path(__file__).parent
WHOLE = ("Planner", "Apply", "Verify", "Codec", "Greeting", "Protocol", "Hmac")
"""The modules whose every line has to be run; the last three are the handshake."""
_GOES_ON = frozenset({"and", "or", "not", "in", "return", "local", "function", "until", "type"})
"""After one of them a name does not begin a statement."""
_ENDS = frozenset({")", "}", "]", ";", "...", "?"})
"""Symbols that a statement, or the type in a function's head, may end with."""


def instrumented(source: str, name: str) -> tuple[str, set[int]]:
    """The source with a call before each statement that begins a line, and those lines."""
    lines = source.split("\n")
    found = set(_statement_lines(tokens.Code(source)))
    for number in found:
        text = lines[number - 1]
        indent = text[: len(text) - len(text.lstrip())]
        lines[number - 1] = f"{indent}__hit({number}); {text.lstrip()}"
    lines[0] = f'local __hit = require(script.Parent.Coverage).of("{name}") {lines[0]}'
    return "\n".join(lines), found


def _statement_lines(code: tokens.Code) -> Iterator[int]:
    """The lines that begin with a statement."""
    reading = _Reading()
    line_before, before = 0, ";"
    for index in _outside_texts(code):
        raw, line = code.raws[index], code.line(index)
        after = code.raws[index + 1] if index + 1 < len(code.raws) else ";"
        if line != line_before and reading.is_in_block and _begins(before, raw, after):
            yield line
        line_before = line
        reading.take(raw, before)
        before = raw


def _outside_texts(code: tokens.Code) -> list[int]:
    """The tokens that stand in no interpolated string; such a string follows what is in it."""
    found, begins = [], [sys.maxsize]
    for index in reversed(range(len(code.raws))):
        start = code._starts[index]
        if start < begins[-1]:
            found.append(index)
        if code.raws[index][0] == "`":
            begins.append(min(start, begins[-1]))
        elif start < begins[-1]:
            begins[1:] = []
    return found[::-1]


def _begins(before: str, raw: str, after: str) -> bool:
    """Whether `raw`, the first of its line, begins a statement."""
    if raw in {"type", "export"} and after[0].isalpha():
        return False
    if before in _GOES_ON or (tokens.kind_of(before) == "symbol" and before not in _ENDS):
        return False
    if raw in {"end", "else", "elseif", "until", "then", "do", "and", "or", "not", "function"}:
        return False
    return tokens.kind_of(raw) == "name"


class _Reading:
    """What is open where a token stands: brackets, blocks, and values that are an `if`."""

    def __init__(self) -> None:
        self._stack: list[str] = ["block"]
        self._values = [0]
        """In each of them: how many `if` values still have their `else` before them."""
        self._ifs: list[bool] = []
        """Whether each `if` before its `then` is a value."""
        self._is_value = False
        """Whether the last `then` or `else` was a value's."""

    @property
    def is_in_block(self) -> bool:
        """Whether a statement may stand here."""
        return self._stack[-1] == "block"

    def take(self, raw: str, before: str) -> None:
        """Go on by one token."""
        if raw in {"(", "{", "["}:
            self._open(raw)
        elif raw in {"function", "do", "repeat"}:
            self._open("block")
        elif raw in {")", "}", "]", "end", "until"}:
            self._stack.pop()
            self._values.pop()
        elif raw in {"if", "elseif"}:
            self._ifs.append(self._starts_value(raw, before))
            if raw == "if" and not self._ifs[-1]:
                self._open("block")
        elif raw == "then":
            self._is_value = self._ifs.pop()
            self._values[-1] += self._is_value
        elif raw == "else":
            self._is_value = self._values[-1] > 0
            self._values[-1] -= self._is_value

    def _open(self, what: str) -> None:
        self._stack.append(what)
        self._values.append(0)

    def _starts_value(self, raw: str, before: str) -> bool:
        if raw == "elseif":
            is_value = self._values[-1] > 0
            self._values[-1] -= is_value
            return is_value
        if before in {"then", "else"}:
            return self._is_value
        return before in {"return", "and", "or", "not"} or (
            tokens.kind_of(before) == "symbol" and before not in _ENDS
        )


class Coverage:
    """A pytest plugin that has every machine run the instrumented modules."""

    def __init__(self) -> None:
        self.lines: dict[str, set[int]] = {}
        self.hits: dict[str, set[int]] = defaultdict(set)
        self._machines: list[Any] = []

    def sources(self) -> dict[str, str]:
        """The plugin's modules, instrumented, and the one that counts."""
        made = {
            "Coverage": "local seen = {} return { seen = seen, of = function(name) "
            "seen[name] = seen[name] or {} local mine = seen[name] "
            "return function(line) mine[line] = true end end }"
        }
        for file in resources.path("studio_plugin").glob("*.luau"):
            name = file.name.removesuffix(".luau")
            if ".server" not in name:
                text, self.lines[name] = instrumented(file.read_text(encoding="utf-8"), name)
                made[name] = text
        return made

    def pytest_sessionstart(self) -> None:
        """From now on each machine counts."""
        real = luau_machine.LuauMachine.package
        coverage = self

        def package(
            machine: luau_machine.LuauMachine, folder: str, extra: dict[str, str] | None = None
        ) -> Callable[[str], Any]:
            if folder != "studio_plugin":
                return real(machine, folder, extra)
            require = real(machine, folder, {**coverage.sources(), **(extra or {})})
            coverage._machines.append(require)
            return require

        luau_machine.LuauMachine.package = package  # type: ignore[method-assign]

    def pytest_runtest_teardown(self) -> None:
        """Gather what the machines counted."""
        for require in self._machines:
            seen = require("Coverage").get("seen")

            def take(name: Any, lines: Any) -> None:
                found = self.hits[bytes(name.as_bytes()).decode()]
                lines.for_each(lambda line, _: found.add(int(line)))

            seen.for_each(take)


def table(coverage: Coverage) -> Iterator[str]:
    """A line a module: how much of it was run, and which lines were not."""
    for name, lines in sorted(coverage.lines.items()):
        missing = sorted(lines - coverage.hits[name])
        share = 1 - len(missing) / max(len(lines), 1)
        mark = "!" if missing and name in WHOLE else " "
        yield f"{mark} {name:<12} {share:>7.1%} of {len(lines):>3}  {_ranges(missing)}"


def _ranges(numbers: list[int]) -> str:
    return re.sub(r"[\[\]]", "", str(numbers[:30]))


def main(arguments: list[str]) -> int:
    """The command."""
    coverage = Coverage()
    files = ["test_codec.py", "test_service.py", "test_units.py", "test_lease.py", "test_diff.py",
             "test_scan_twice.py"]  # fmt: skip
    chosen = arguments or [str(HERE / file) for file in files if (HERE / file).exists()]
    ended = pytest.main(["-q", "-n0", "-p", "no:cacheprovider", *chosen], plugins=[coverage])
    print(*table(coverage), sep="\n")
    lacking = [name for name in WHOLE if coverage.lines[name] - coverage.hits[name]]
    return 1 if lacking or ended else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
