"""Ids that any device can make without asking: UUID version 7, so that they sort by birth."""

import datetime as dt
import random
import uuid


def new_id(now: dt.datetime, chance: random.Random) -> str:
    """Make a UUIDv7 (RFC 9562, section 5.7) for the moment `now` with bits from `chance`.

    Pass `random.SystemRandom()` outside tests; a seeded generator makes the ids repeat.
    """
    milliseconds = int(now.timestamp() * 1000) & ((1 << 48) - 1)
    value = milliseconds << 80 | 0x7 << 76 | chance.getrandbits(12) << 64
    return str(uuid.UUID(int=value | 0b10 << 62 | chance.getrandbits(62)))
