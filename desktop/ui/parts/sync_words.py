"""How sync stands, in words: the status line and the Sync page say the same. No Qt."""

import datetime as dt
from dataclasses import dataclass

from desktop.sync.status import State, Status
from desktop.ui.parts.words import ago
from desktop.ui.strings import plural, tr


@dataclass(frozen=True)
class SyncWords:
    """A few words for the status line, a sentence for the page, and a mark."""

    short: str
    long: str
    icon: str
    tone: str
    """A colour of the theme."""


def words(status: Status, now: dt.datetime, *, local: bool) -> SyncWords:
    """Say `status`; nothing but a whole round with nothing left says 'synced'."""
    counts = status.counts
    waits = plural(
        "{count} change waits to be sent.", "{count} changes wait to be sent.", counts.waiting
    )
    kept = tr("They are safe on this computer.") if counts.waiting else ""
    match status.state:
        case State.SIGN_IN_NEEDED:
            return SyncWords(
                tr("Sign in again"),
                tr("Your sign-in has ended. You can go on working; changes wait here until you "
                   "sign in again."),
                "warning", "warn",
            )  # fmt: skip
        case State.CONFLICTS:
            asks = plural(
                "{count} change needs your decision", "{count} changes need your decision",
                counts.conflicts,
            )  # fmt: skip
            stays = tr("Both values are below. Yours stays in sight until you decide.")
            return SyncWords(asks, stays, "warning", "warn")
        case State.SYNCING:
            return SyncWords(tr("Syncing…"), tr("Syncing now."), "sync", "accent")
        case State.OFFLINE:
            short = (
                plural("Offline · {count} waits", "Offline · {count} wait", counts.waiting)
                if counts.waiting
                else tr("Offline")
            )
            why = status.problem or tr("The school's server cannot be reached now.")
            return SyncWords(short, _join(why, waits if kept else "", kept), "offline", "ink_soft")
        case State.TROUBLE:
            why = status.problem or tr("Some changes were not accepted. They are listed below.")
            return SyncWords(tr("Sync needs a look"), why, "warning", "bad")
        case State.WAITING:
            if not counts.waiting:
                return SyncWords(tr("Not synced yet"), tr("The first sync has not finished yet."),
                                 "clock", "ink_soft")  # fmt: skip
            short = plural("{count} change waits", "{count} changes wait", counts.waiting)
            return SyncWords(short, _join(waits, kept), "clock", "ink_soft")
        case State.KEPT:
            short = plural("{count} change only here", "{count} changes only here", counts.kept)
            return SyncWords(
                short,
                tr("Everything else is on the server. What you keep only here is listed below."),
                "shield", "ink_soft",
            )  # fmt: skip
        case State.SYNCED:
            when = ago(status.last_synced, now)
            long = (
                tr("Everything is saved in your Local school. Last checked {when}.", when=when)
                if local
                else tr("Everything is on the server. Last checked {when}.", when=when)
            )
            return SyncWords(tr("All saved") if local else tr("Synced"), long, "check", "good")


def _join(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
