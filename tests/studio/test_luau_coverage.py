"""Plan, apply, verify, codec and greeting: their own unit tests run through every line."""

import subprocess
import sys
from pathlib import Path

from tests.studio import luau_coverage

HERE = Path(__file__).parent

LUAU = """--!strict
local a = if x then 1 else 2
local function f(y: number): string?
	if y > 1 then
		return `more {if y > 2 then "than two" else "than one"}`
	elseif y == 1 then
		return nil
	end
	g(function()
		h({
			z = 1,
		})
	end)
	return "less"
end
"""


def test_the_lines_that_begin_a_statement_are_found() -> None:
    text, lines = luau_coverage.instrumented(LUAU, "M")
    assert lines == {2, 3, 4, 5, 7, 9, 10, 14}
    assert "\t__hit(7); return nil" in text


def test_the_unit_tests_run_every_line_of_the_modules_that_matter_most() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.studio.luau_coverage",
         HERE / "test_units.py", HERE / "test_codec.py"],
        capture_output=True, text=True, check=False, cwd=HERE.parent.parent,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-1_000:]
