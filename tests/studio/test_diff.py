"""The plugin's comparison of two sources, line by line."""

import difflib
import random
from typing import Any

import pytest

from desktop.studio import plugin
from desktop.studio.luau_machine import LuauMachine

SIGNS = {"same": " ", "in": "+", "out": "-", "gap": "…"}


class Differ:
    def __init__(self) -> None:
        self._machine = LuauMachine()
        self._diff = self._machine.package("studio_plugin", plugin.written())("Diff")
        self.breaths = 0

    def lines(self, old: str, new: str) -> list[str]:
        def breathe() -> None:
            self.breaths += 1

        machine = self._machine
        told: Any = machine.plain(
            self._diff.get("lines")(
                machine.luau(old), machine.luau(new), machine.function(breathe)
            )[0]
        )
        return [SIGNS[line["kind"].decode()] + line["text"].decode() for line in told]


@pytest.fixture(scope="module")
def differ() -> Differ:
    return Differ()


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("a", "a", []),
        ("a\nb\nc", "a\nB\nc", [" a", "-b", "+B", " c"]),
        ("", "a", ["-", "+a"]),
        ("a\nb", "a\nb\nc", [" a", " b", "+c"]),
        ("a\nb", "b", ["-a", " b"]),
        ("1\n2\n3\n4\n5\n6", "1\n2\n3\n4\n5\nsix", ["…", " 4", " 5", "-6", "+six"]),
        ("x\n1\n2\n3\n4\n5\ny", "X\n1\n2\n3\n4\n5\nY",
         ["-x", "+X", " 1", " 2", "…", " 4", " 5", "-y", "+Y"]),
        ("a\r\nb", "a\nB", [" a", "-b", "+B"]),
    ],
)  # fmt: skip
def test_it_shows_what_changed_and_a_little_around_it(
    differ: Differ, old: str, new: str, lines: list[str]
) -> None:
    assert differ.lines(old, new) == lines


def test_what_it_shows_makes_the_new_of_the_old(differ: Differ) -> None:
    chance = random.Random(3)
    for _ in range(200):
        old = [chance.choice("abc") for _ in range(chance.randrange(1, 8))]
        new = [chance.choice("abc") for _ in range(chance.randrange(1, 8))]
        lines = differ.lines("\n".join(old), "\n".join(new))
        if "…" in lines or not lines:
            continue  # what is left out cannot be put together again
        assert [line[1:] for line in lines if line[0] != "+"] == old
        assert [line[1:] for line in lines if line[0] != "-"] == new
        same = sum(line[0] == " " for line in lines)
        matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
        assert same >= sum(block.size for block in matcher.get_matching_blocks())


def test_two_long_sources_that_share_nothing_are_cut_short(differ: Differ) -> None:
    lines = differ.lines("old\n" * 3_000, "new\n" * 3_000)
    assert len(lines) <= 301
    assert lines[-1].startswith("…and ")


def test_it_lets_studio_draw_while_it_compares(differ: Differ) -> None:
    differ.breaths = 0
    differ.lines("\n".join(map(str, range(400))), "\n".join(map(str, range(400, 800))))
    assert differ.breaths >= 10
