"""One request to Roblox Open Cloud: a place file becomes the next version of a place.

The Place Publishing API is described at
https://create.roblox.com/docs/cloud/guides/usage-place-publishing. It takes no note of a version
and no key for doing a thing once only, so whatever may have been done is never sent again by
itself: only what surely was not done is.
"""

import json
import random
from dataclasses import dataclass
from typing import Final

from desktop.backend import problems
from desktop.backend.transport import Answer, Request, Transport, retry_after
from desktop.classroom.instants import Clock
from desktop.errors import CompanionError, DecisionNeeded, Offline, Refused, WrongUse
from desktop.sentences import say

ADDRESS: Final = "https://apis.roblox.com"
ATTEMPTS: Final = 3
PATIENCE_S: Final = 120.0
"""How long Roblox may take over a place before the answer counts as lost."""
LONGEST_PAUSE_S: Final = 30.0
"""A longer pause than this is told instead of waited for."""
LONGEST_ID: Final = 20
"""Digits: Roblox's ids are whole numbers of 64 bits."""
LONGEST_KEY: Final = 4_000


class NotPublished(Refused):
    """Roblox said no: nothing was published."""


class RobloxAway(CompanionError):
    """Roblox could not be reached, or has no time now: nothing was published."""

    exit_code = Offline.exit_code


class MaybePublished(DecisionNeeded):
    """The file was sent and no clear answer came: it may have been published."""


@dataclass(frozen=True)
class Target:
    """A place of an experience on Roblox."""

    universe: str
    place: str

    @property
    def page(self) -> str:
        """Where the place and its versions are seen in a browser."""
        dashboard = "https://create.roblox.com/dashboard/creations/experiences"
        return f"{dashboard}/{self.universe}/places/{self.place}/configure"


def target(universe: str, place: str) -> Target:
    """The place of two ids as a person typed them.

    Raises:
        WrongUse: one of them is no id.
    """
    ids = (universe.strip(), place.strip())
    for given in ids:
        digits = given.isascii() and given.isdecimal()
        if not digits or len(given) > LONGEST_ID or not int(given):
            raise WrongUse(
                say("“{given}” is no id of Roblox: it is a number, such as 1234567890.",
                    given=given),
                mend=say("The Creator Dashboard shows both: under “...” at the experience, and in "
                         "the address of the place's page."),
            )  # fmt: skip
    return Target(*ids)


def checked_key(key: str) -> str:
    """A key that may stand in a header.

    Raises:
        WrongUse: it is empty or holds what no key has.
    """
    given = key.strip()
    if not given or len(given) > LONGEST_KEY or not (given.isascii() and given.isprintable()):
        raise WrongUse(
            say("This is no key of Roblox Open Cloud."),
            mend=say("Make one in the Creator Dashboard under API keys, for “universe-places” with "
                     "“Write”, and copy it whole."),
        )  # fmt: skip
    return given


class OpenCloud:
    """Publishes to Roblox with one key, which travels in a header and nowhere else."""

    def __init__(self, transport: Transport, key: str, clock: Clock, chance: random.Random) -> None:
        self._transport = transport
        self._key = checked_key(key)
        self._clock = clock
        self._chance = chance

    async def publish(self, to: Target, content: bytes, *, live: bool) -> int:
        """Send a place file (`.rbxlx`); returns the number of the version that it became.

        `live`: players get it; otherwise it is only saved, for Studio.

        Raises:
            NotPublished: Roblox said no, and why.
            RobloxAway: nothing was published; later it may work.
            MaybePublished: it may have been published; somebody has to look.
        """
        request = Request(
            "POST",
            f"/universes/v1/{to.universe}/places/{to.place}/versions",
            content,
            content_type="application/xml",
            query={"versionType": "Published" if live else "Saved"},
            headers={"x-api-key": self._key},
            patience_s=PATIENCE_S,
        )
        for attempt in range(1, ATTEMPTS + 1):
            try:
                answer = await self._transport.send(request)
            except problems.LostAnswer as error:
                raise MaybePublished(
                    say("The file was sent, and no answer came back from Roblox."), mend=_look(to)
                ) from error
            except problems.Offline as error:  # it was not sent: once more does no harm
                if attempt == ATTEMPTS:
                    raise RobloxAway(
                        say("Roblox cannot be reached right now. Nothing was published."),
                        mend=say("Check the network, and publish again."),
                    ) from error
                pause = None
            except problems.BackendProblem as error:
                raise MaybePublished(
                    say("The answer to the file makes no sense; it may not come from Roblox."),
                    mend=_look(to),
                ) from error
            else:
                if answer.status != 429:
                    return _version(answer, to)
                pause = retry_after(answer.headers)
                if attempt == ATTEMPTS or (pause or 0) > LONGEST_PAUSE_S:
                    raise _too_often(pause)
            # A first answer to nothing, or a plain "too often": neither has done anything.
            usual = 2.0 ** (attempt - 1) * self._chance.uniform(0.5, 1.0)
            await self._clock.sleep(usual if pause is None else pause)
        raise AssertionError("the last attempt returns or raises")


def _version(answer: Answer, to: Target) -> int:
    """The version in a good answer; any other answer as its sentence."""
    if 200 <= answer.status < 300:
        try:
            version = json.loads(answer.body)["versionNumber"]
        except (ValueError, KeyError, TypeError):
            version = None
        if isinstance(version, int) and not isinstance(version, bool) and version > 0:
            return version
        raise MaybePublished(say("Roblox answered without naming a version."), mend=_look(to))
    raise _refusal(answer, to)


def _refusal(answer: Answer, to: Target) -> CompanionError:
    status, said = answer.status, _said(answer)
    place, universe = to.place, to.universe
    if status >= 500 or status == 408:
        what = say(
            "Roblox has trouble right now ({status}), so it is not sure whether it published.",
            status=status,
        )
        return MaybePublished(what, mend=_look(to))
    mend = say("Nothing was published. If this stays, publish from Studio.")
    match status:
        case 400:
            what = say("Roblox could not use this place file{said}.", said=said)
        case 401:
            what = say("Roblox does not know this key, or it has run out.")
            mend = say("Nothing was published. Make a new key in the Creator Dashboard.")
        case 403:
            what = say("This key may not publish place {place}.", place=place)
            mend = say("Nothing was published. Give the key “universe-places” with “Write” for "
                       "this experience, from this address.")  # fmt: skip
        case 404:
            what = say("Roblox knows no place {place} in an experience {universe}.",
                       place=place, universe=universe)  # fmt: skip
            mend = say("Nothing was published. Check both ids in the Creator Dashboard.")
        case 409:
            what = say("Place {place} does not belong to experience {universe}, or is being "
                       "published.", place=place, universe=universe)  # fmt: skip
            mend = say("Nothing was published. Check both ids in the Creator Dashboard.")
        case 413:
            what = say("The place is larger than Roblox takes.")
        case _:
            what = say("Roblox did not accept this ({status}){said}.", status=status, said=said)
    return NotPublished(what, mend=mend)


def _said(answer: Answer) -> str:
    """What Roblox says of it, shortened and on one line; empty when it says nothing."""
    try:
        told = json.loads(answer.body)["message"]
    except (ValueError, KeyError, TypeError):
        return ""
    words = " ".join(told.split())[:200].rstrip(".") if isinstance(told, str) else ""
    printable = "".join(each for each in words if each.isprintable())
    return f" ({printable})" if printable else ""


def _too_often(pause: float | None) -> RobloxAway:
    what = say("Roblox asks for a pause between publishes. Nothing was published.")
    if pause:
        return RobloxAway(what, mend=say("Publish again in {pause} seconds.", pause=round(pause)))
    return RobloxAway(what, mend=say("Publish again in a few minutes."))


def _look(to: Target) -> str:
    return say("Look at the place's version history first: {page}. If the new version is not "
               "there, publish again.", page=to.page)  # fmt: skip
