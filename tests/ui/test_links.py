"""Links into the window: what anybody may have written leads somewhere, or gets a sentence."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.errors import WrongUse
from desktop.ui import links
from desktop.ui.links import Link

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("toolboxai://sync", Link("sync")),
        ("toolboxai://sync/", Link("sync")),
        ("TOOLBOXAI://Sync", Link("sync")),
        ("toolboxai://class/0199c0de-0000", Link(collection="classes", id="0199c0de-0000")),
        ("toolboxai://lesson/l_1", Link(collection="lessons", id="l_1")),
        ("toolboxai://student/s1", Link(collection="students", id="s1")),
    ],
)
def test_a_link_leads_to_a_screen_or_to_a_record(text: str, link: Link) -> None:
    assert links.parse(text) == link


@pytest.mark.parametrize(
    "text",
    [
        "toolboxai://",
        "toolboxai:class/1",
        "toolboxai://class",
        "toolboxai://class/../../etc/passwd",
        "toolboxai://class/1?x=1",
        "toolboxai://class/1#x",
        "toolboxai://class/1\n",
        "toolboxai://user@sync",
        "toolboxai://sync:80",
        "toolboxai://sync/5",
        "toolboxai://class/%2e%2e",
        "toolboxai://quit",
        "toolboxai://class/" + "a" * 65,
        "toolboxai://clаss/1",  # with a Cyrillic letter
        "https://sync",
    ],
)
def test_what_is_no_link_gets_a_sentence(text: str) -> None:
    with pytest.raises(WrongUse, match="leads nowhere"):
        links.parse(text)


@given(st.text(max_size=600))
def test_whatever_stands_behind_the_scheme_is_answered(text: str) -> None:
    try:
        found = links.parse(f"toolboxai://{text}")
    except WrongUse:
        return
    assert found.screen or found.id


def test_the_link_to_a_record_leads_back_to_it() -> None:
    for collection in links.RECORDS.values():
        assert links.parse(links.of_record(collection, "x-1")) == Link(
            collection=collection, id="x-1"
        )
    assert links.of_record("messages", "x") == ""


def test_options_behind_a_link_are_ignored_by_the_door(tmp_path: Path) -> None:
    code = (
        "import sys; from desktop import __main__ as door; "
        "door.open_window = lambda settings: print(settings.profile) or 0; door.main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "toolboxai://sync", "--profile", str(tmp_path / "evil")],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "evil" not in done.stdout
