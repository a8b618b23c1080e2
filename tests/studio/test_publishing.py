"""Publishing a place: what is sent, what each answer means, and what is never sent twice."""

import logging
import random
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.classroom.instants import SystemClock
from desktop.errors import CompanionError, WrongUse
from desktop.studio import open_cloud, publishing, rbxmx
from desktop.studio.errors import ReviewNeeded, ScanRefused, StudioError
from desktop.studio.open_cloud import MaybePublished, NotPublished, RobloxAway, Target
from desktop.studio.publish_history import FILE, PublishHistory
from desktop.studio.publishing import PlaceFile, Publisher, Wish
from tests.studio import builds, roblox_double
from tests.studio.conftest import free_port
from tests.studio.roblox_double import Roblox


class Awake(SystemClock):
    """Sleeps in no time, and remembers for how long it should have."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def monotonic(self) -> float:
        return super().monotonic() + sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


KEY = "abc-KEY-123/+="
TO = Target("111", "222")


@pytest.fixture
def roblox() -> Iterator[Roblox]:
    with roblox_double.serving() as served:
        yield served


@pytest.fixture
def history(tmp_path: Path) -> PublishHistory:
    return PublishHistory(tmp_path / "account")


def place(*sources: str) -> PlaceFile:
    return publishing.prepare(builds.scripts(*(sources or ("print('hello')",))))


def publisher(address: str, history: PublishHistory) -> Publisher:
    return Publisher(address, history, Awake(), random.Random(1))


async def test_the_place_file_becomes_a_version_and_the_note_stays_here(
    roblox: Roblox, history: PublishHistory
) -> None:
    build = builds.scripts("print('hello')")
    wish = Wish(TO, note=" first try ")
    done = await publisher(roblox.address, history).publish(publishing.prepare(build), wish, KEY)
    [seen] = roblox.seen
    assert seen.path == "/universes/v1/111/places/222/versions"
    assert (seen.version_type, seen.key) == ("Published", KEY)
    assert (seen.content_type, seen.body) == ("application/xml", rbxmx.write_place(build))
    assert (done.state, done.version, done.note) == ("published", 7, "first try")
    assert b"first try" not in seen.body
    assert history.all() == [done]


async def test_saving_only_asks_for_a_saved_version(
    roblox: Roblox, history: PublishHistory
) -> None:
    done = await publisher(roblox.address, history).publish(place(), Wish(TO, live=False), KEY)
    assert roblox.seen[0].version_type == "Saved"
    assert (done.state, done.version) == ("saved", 7)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (400, "could not use this place file (bad file)"),
        (401, "does not know this key"),
        (403, "may not publish place 222"),
        (404, "no place 222 in an experience 111"),
        (409, "does not belong"),
        (413, "larger than Roblox takes"),
        (418, "did not accept this (418)"),
    ],
)
async def test_a_refusal_is_a_sentence_and_is_sent_once(
    roblox: Roblox, history: PublishHistory, status: int, words: str
) -> None:
    roblox.answers = [(status, {}, b'{"message": "bad\\nfile."}')]
    with pytest.raises(NotPublished) as told:
        await publisher(roblox.address, history).publish(place(), Wish(TO), KEY)
    assert words in str(told.value)
    assert "Nothing was published." in str(told.value)
    assert told.value.mend
    assert len(roblox.seen) == 1
    assert history.all()[0].state == "failed"
    assert not history.unsure(TO)


@pytest.mark.parametrize(
    "answer",
    [
        "hangs up",
        (500, {}, b""),
        (503, {}, b""),
        (504, {}, b""),
        (200, {"Content-Type": "text/html"}, b"<html>Sign in to the network</html>"),
        (200, {}, b'{"versionNumber": true}'),
        (302, {"Location": "https://elsewhere.example"}, b""),
    ],
    ids=["lost", "500", "503", "504", "a web page", "no number", "elsewhere"],
)
async def test_what_may_have_been_published_is_never_sent_again_by_itself(
    roblox: Roblox, history: PublishHistory, answer: tuple[int, dict[str, str], bytes] | str
) -> None:
    roblox.answers = [answer]
    publishes = publisher(roblox.address, history)
    with pytest.raises(MaybePublished) as told:
        await publishes.publish(place(), Wish(TO), KEY)
    assert TO.page in str(told.value)
    with pytest.raises(MaybePublished, match="Nobody knows"):
        await publishes.publish(place(), Wish(TO), KEY)
    assert len(roblox.seen) == 1
    await publishes.publish(place(), Wish(TO, looked=True), KEY)
    await publishes.publish(place(), Wish(TO), KEY)
    states = [each.state for each in history.all()]
    assert states == ["published", "published", "looked"]


async def test_a_doubtful_publish_holds_up_no_other_place(
    roblox: Roblox, history: PublishHistory
) -> None:
    roblox.answers = ["hangs up"]
    publishes = publisher(roblox.address, history)
    with pytest.raises(MaybePublished):
        await publishes.publish(place(), Wish(TO), KEY)
    done = await publishes.publish(place(), Wish(Target("111", "333")), KEY)
    assert done.state == "published"


async def test_a_request_for_a_pause_is_heeded_and_then_it_goes_on(
    roblox: Roblox, history: PublishHistory
) -> None:
    roblox.answers = [(429, {"Retry-After": "3"}, b""), (429, {}, b"")]
    clock = Awake()
    publishes = Publisher(roblox.address, history, clock, random.Random(1))
    done = await publishes.publish(place(), Wish(TO), KEY)
    assert (done.version, len(roblox.seen)) == (7, 3)
    assert 3.0 in clock.slept


async def test_a_long_pause_is_told_instead_of_waited_for(
    roblox: Roblox, history: PublishHistory
) -> None:
    roblox.answers = [(429, {"Retry-After": "300"}, b"")]
    with pytest.raises(RobloxAway, match="300 seconds"):
        await publisher(roblox.address, history).publish(place(), Wish(TO), KEY)
    assert len(roblox.seen) == 1
    assert not history.unsure(TO)


async def test_without_a_network_nothing_is_doubtful(history: PublishHistory) -> None:
    address = f"http://127.0.0.1:{free_port()}"
    with pytest.raises(RobloxAway, match="Nothing was published"):
        await publisher(address, history).publish(place(), Wish(TO), KEY)
    assert history.all()[0].state == "failed"


async def test_what_the_scan_blocks_is_not_sent_and_what_it_shows_needs_a_look(
    roblox: Roblox, history: PublishHistory
) -> None:
    publishes = publisher(roblox.address, history)
    with pytest.raises(ScanRefused):
        await publishes.publish(place("loadstring('x')()"), Wish(TO, reviewed=True), KEY)
    shown = place("local url = 'https://example.org'\nprint(url)")
    assert shown.report.verdict == "review"
    with pytest.raises(ReviewNeeded):
        await publishes.publish(shown, Wish(TO), KEY)
    assert not roblox.seen
    assert (await publishes.publish(shown, Wish(TO, reviewed=True), KEY)).version == 7


async def test_a_publish_that_was_cut_off_by_a_crash_is_doubtful(
    roblox: Roblox, history: PublishHistory, tmp_path: Path
) -> None:
    publishes = publisher(roblox.address, history)
    await publishes.publish(place(), Wish(TO), KEY)
    file = tmp_path / "account" / FILE
    begun, done = file.read_bytes().split(b"\n\n")
    file.write_bytes(begun + b"\n" + done[:40])
    with pytest.raises(MaybePublished):
        await publishes.publish(place(), Wish(TO), KEY)
    await publishes.publish(place(), Wish(TO, looked=True), KEY)
    assert [each.state for each in history.all()] == ["published", "looked"]


async def test_the_key_is_in_no_log_and_no_file_and_the_history_is_ones_own(
    roblox: Roblox, history: PublishHistory, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    roblox.answers = [(401, {}, b""), (429, {"Retry-After": "1"}, b"")]
    publishes = publisher(roblox.address, history)
    with caplog.at_level(logging.DEBUG), pytest.raises(NotPublished) as told:
        await publishes.publish(place(), Wish(TO), KEY)
    with caplog.at_level(logging.DEBUG):
        await publishes.publish(place(), Wish(TO), KEY)
    file = tmp_path / "account" / FILE
    assert KEY not in caplog.text + str(told.value) + file.read_text()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def test_two_publishes_at_once_are_not_mixed(
    roblox: Roblox, history: PublishHistory, tmp_path: Path
) -> None:
    other = PublishHistory(tmp_path / "account")
    with other.alone(), pytest.raises(StudioError, match="right now"):
        await publisher(roblox.address, history).publish(place(), Wish(TO), KEY)
    assert not roblox.seen


async def test_it_is_remembered_where_a_lesson_went_last(
    roblox: Roblox, history: PublishHistory
) -> None:
    file = place()
    assert history.last_target(file.lesson_id) is None
    await publisher(roblox.address, history).publish(file, Wish(Target("8", "9")), KEY)
    await publisher(roblox.address, history).publish(file, Wish(TO), KEY)
    assert history.last_target(file.lesson_id) == TO


@pytest.mark.parametrize(
    ("universe", "place_id"), [("", "1"), ("1", "-2"), ("1", "2/versions"), ("٣", "1"), ("0", "1")]
)
def test_what_is_no_id_is_refused_before_anything_is_built(universe: str, place_id: str) -> None:
    with pytest.raises(WrongUse, match="is no"):
        open_cloud.target(universe, place_id)


@pytest.mark.parametrize("key", ["", "  ", "a\r\nX: y", "clé", "k" * 5_000])
def test_what_is_no_key_is_refused(key: str) -> None:
    with pytest.raises(WrongUse) as told:
        open_cloud.checked_key(key)
    assert not key.strip() or key not in str(told.value)


def test_a_key_never_travels_unencrypted(history: PublishHistory) -> None:
    with pytest.raises(WrongUse, match="not encrypted"):
        publisher("http://apis.example.org", history)


@pytest.mark.parametrize("status", ["draft", "archived"])
def test_only_an_approved_lesson_may_be_published(status: str) -> None:
    with pytest.raises(CompanionError, match="not approved"):
        publishing.refuse_draft("Fractions", status)
    publishing.refuse_draft("Fractions", "approved")
