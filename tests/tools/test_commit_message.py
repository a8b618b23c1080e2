"""What counts as a Conventional Commit."""

import pytest

from tests.tools import commit_message


@pytest.mark.parametrize(
    "message",
    [
        "feat: add a door",
        "fix(sync)!: keep the op\n\nWhy.",
        "Merge branch 'main'",
        "ci: run it all",
    ],
)
def test_a_conventional_commit_passes(message: str) -> None:
    assert commit_message.fault(message) is None


@pytest.mark.parametrize("message", ["Add a door", "feat:add", "feature: add", "feat: ", "x" * 80])
def test_another_first_line_is_named(message: str) -> None:
    assert message.partition("\n")[0] in str(commit_message.fault(message))


def test_a_long_first_line_is_counted() -> None:
    assert "80 characters" in str(commit_message.fault("feat: " + "x" * 74))
