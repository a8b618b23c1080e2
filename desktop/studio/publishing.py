"""Publishing a lesson's place on Roblox: built, scanned, looked at, sent once, and remembered."""

import asyncio
import hashlib
import random
from dataclasses import dataclass
from pathlib import Path

import msgspec

from desktop.backend.transport import HttpTransport, is_loopback, normal_address
from desktop.classroom import ids, instants
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError, Refused, WrongUse
from desktop.lessons.instances import SCRIPT_CLASSES, Build
from desktop.sentences import say
from desktop.studio import rbxmx, rbxmx_reader, scan
from desktop.studio.errors import ReviewNeeded, ScanRefused
from desktop.studio.open_cloud import MaybePublished, OpenCloud, Target, checked_key
from desktop.studio.publish_history import Publish, PublishHistory
from desktop.studio.scan import ScanReport

LONGEST_NOTE = 500


class NotApproved(Refused):
    """Nobody has said yet that the lesson may be used with students."""


@dataclass(frozen=True)
class PlaceFile:
    """What would be sent, before anything is."""

    title: str
    lesson_id: str
    content: bytes
    report: ScanReport
    instances: int
    scripts: int

    @property
    def sha256(self) -> str:
        """Of the content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass(frozen=True)
class Wish:
    """What a person wants done with a place file, and what they have said."""

    to: Target
    live: bool = True
    """Players get it; otherwise it is saved as the version that Studio opens."""
    note: str = ""
    reviewed: bool = False
    """Somebody has looked at what the safety scan shows."""
    looked: bool = False
    """Somebody has looked whether an earlier, doubtful publish is there."""


def prepare(build: Build, *, school: str = "") -> PlaceFile:
    """Build and scan the place file; nothing leaves this computer. Takes a moment: use a thread.

    Raises:
        CannotWrite: a text holds a character that the file has no way to write.
    """
    return PlaceFile(
        title=build.title,
        lesson_id=build.lesson_id,
        content=rbxmx.write_place(build),
        report=scan.scan_build(build, school=school),
        instances=build.instance_count,
        scripts=len(build.scripts),
    )


def read_place(file: Path) -> PlaceFile:
    """A place file that is there already (`.rbxlx`): sent as it is, to the byte. Blocks.

    Raises:
        CannotRead: it is no such file, or it cannot be read.
    """
    content = rbxmx_reader.read_bytes(file)  # once: what is scanned is what is sent
    instances = rbxmx_reader.read(content)
    walked = [each for top in instances for _, each in top.walk()]
    found = [finding for top in instances for finding in scan.scan_instance(top)]
    return PlaceFile(
        title=file.stem,
        lesson_id=hashlib.sha256(file.name.encode()).hexdigest()[:32],
        content=content,
        report=ScanReport(tuple(found)),
        instances=len(walked),
        scripts=sum(each.class_name in SCRIPT_CLASSES for each in walked),
    )


def refuse_draft(title: str, status: str) -> None:
    """Let only an approved lesson go on.

    Raises:
        NotApproved: it is anything else.
    """
    if status != "approved":
        raise NotApproved(
            say("“{title}” is not approved, so it may not be published.", title=title),
            mend=say("Read it and choose Approve on its page, or push it into Studio first."),
        )


def check(file: PlaceFile, wish: Wish, history: PublishHistory) -> None:
    """Say no to what may not be published; reads the history.

    Raises:
        ScanRefused, ReviewNeeded: what the safety scan found.
        MaybePublished: an earlier publish to this place has no known end.
        WrongUse: the note is too long.
    """
    if len(wish.note) > LONGEST_NOTE:
        raise WrongUse(
            say("The note is longer than {longest_note} letters.", longest_note=LONGEST_NOTE),
            mend=say("Shorten it."),
        )
    if file.report.verdict == "blocked":
        raise ScanRefused(
            say(
                "{title} may not be published: {text}",
                title=file.title,
                text=file.report.blocked[0].text,
            ),
            mend=say("Open the lesson, take that part out, and publish again."),
        )
    if file.report.verdict == "review" and not wish.reviewed:
        raise ReviewNeeded(
            say(
                "Somebody has to look at {title} before it is published: {text}",
                title=file.title,
                text=file.report.findings[0].text,
            ),
            mend=say(
                "Look at it ('publish --dry-run' lists all there is), then say that you "
                "did: with --reviewed, or the tick in the window."
            ),
        )
    unsure = history.unsure(wish.to)
    if unsure and not wish.looked:
        raise MaybePublished(
            say("Nobody knows whether “{title}”, sent to this place at {at}, was published.",
                title=unsure[0].title, at=unsure[0].at),
            mend=say("Look at the place's version history: {page}. Then publish, and say that you "
                     "looked: with --looked, or the tick in the window.", page=wish.to.page),
        )  # fmt: skip


class Publisher:
    """Sends place files to one address of Open Cloud, and keeps the history."""

    def __init__(
        self, address: str, history: PublishHistory, clock: Clock, chance: random.Random
    ) -> None:
        self._address = private_address(address)
        self._history = history
        self._clock = clock
        self._chance = chance

    async def publish(self, file: PlaceFile, wish: Wish, key: str) -> Publish:
        """Send `file` and wait for the version that it becomes.

        Raises:
            CompanionError: nothing was published, or (`MaybePublished`) nobody knows; says which.
        """
        key = checked_key(key)
        with self._history.alone():
            await asyncio.to_thread(check, file, wish, self._history)
            for each in await asyncio.to_thread(self._history.unsure, wish.to):
                await self._note(each, state="looked")
            begun = self._begun(file, wish)
            await asyncio.to_thread(self._history.write, begun)
            try:
                version = await self._send(file, wish, key)
            except MaybePublished as problem:
                await self._note(begun, state="unknown", reason=str(problem.message))
                raise
            except CompanionError as problem:
                await self._note(begun, state="failed", reason=str(problem.message))
                raise
            return await self._note(
                begun, state="published" if wish.live else "saved", version=version
            )

    async def _send(self, file: PlaceFile, wish: Wish, key: str) -> int:
        transport = HttpTransport(self._address, clock=self._clock)
        try:
            cloud = OpenCloud(transport, key, self._clock, self._chance)
            return await cloud.publish(wish.to, file.content, live=wish.live)
        finally:
            await transport.close()

    async def _note(self, publish: Publish, **changes: object) -> Publish:
        told = msgspec.structs.replace(publish, **changes)
        await asyncio.to_thread(self._history.write, told)
        return told

    def _begun(self, file: PlaceFile, wish: Wish) -> Publish:
        return Publish(
            id=ids.new_id(self._clock.now(), self._chance),
            at=instants.to_text(self._clock.now()),
            lesson_id=file.lesson_id,
            title=file.title,
            universe=wish.to.universe,
            place=wish.to.place,
            live=wish.live,
            bytes=len(file.content),
            sha256=file.sha256,
            note=wish.note.strip(),
        )


def private_address(address: str) -> str:
    """The address in its plain form, if a key may travel there.

    Raises:
        WrongUse: it is no web address, or it is not encrypted and beyond this computer.
    """
    plain = normal_address(address)
    if plain.startswith("http:") and not is_loopback(plain):
        raise WrongUse(
            say("{plain} is not encrypted, so the key could be read on the way.", plain=plain),
            mend=say("Use an address that begins with https in the setting 'open_cloud'."),
        )
    return plain
