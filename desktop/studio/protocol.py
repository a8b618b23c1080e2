"""LessonBridge v1: the numbers, the proofs of the handshake, and the messages that arrive."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Sequence
from typing import Any, Literal, TypeVar

import msgspec

VERSION = 1
PREFIX = "/lb/v1"
PATH = f"{PREFIX}/ws"
STANDARD_PORTS = (28917, 31417, 34117, 37717, 42617)
"""Over 100 apart, and below 49152, from where Windows reserves blocks of ports."""
PLATFORM_PORT = 64989
"""Where the platform's earlier plugin looked for somebody to answer."""

FRAME_BYTES = 256 * 1024
CHUNK_BYTES = 180 * 1024
"""Raw bytes of one blob frame: 240 KiB in base64, so that frame and envelope stay below 256."""
PAGE_ITEMS = 400
SMALL_BLOB_BYTES = 16 * 1024
"""Contents up to this size share frames."""

T = TypeVar("T")


def plugin_mac(secret: bytes, port: int, nonce_a: str, nonce_b: str, sid: str) -> str:
    """What the plugin proves itself with; `port` is the one that it dialled."""
    return _mac(secret, "plugin", str(port), nonce_a, nonce_b, sid)


def app_mac(secret: bytes, port: int, nonce_a: str, nonce_b: str) -> str:
    """What the app answers with, before the plugin believes a word of it."""
    return _mac(secret, "app", str(port), nonce_b, nonce_a)


def line_key(secret: bytes, port: int, nonce_a: str, nonce_b: str) -> str:
    """What the requests of one polled line are signed with, after its handshake."""
    return _mac(secret, "line", str(port), nonce_b, nonce_a)


def _mac(secret: bytes, *words: str) -> str:
    return hmac.new(secret, "|".join(words).encode(), hashlib.sha256).hexdigest()


class Hello(msgspec.Struct, tag_field="type", tag="hello", rename="camel"):
    """The plugin's answer to the challenge."""

    nonce_b: str = msgspec.field(name="nonceB")
    mac: str
    proto: int
    sid: str
    plugin: str = ""
    studio: str = ""
    place_id: int | float = 0
    game_id: int | float = 0
    place_name: str = ""
    mode: str = "edit"


class PlanEntry(msgspec.Struct, rename="camel"):
    """What the plugin would do with one item."""

    id: str
    action: Literal["create", "update", "unchanged", "conflict", "blocked"]
    current_sha: str = ""
    last_landed_sha: str = ""
    open_in_editor: bool = False
    reason: str = ""


class Plan(msgspec.Struct, tag_field="type", tag="plan", rename="camel"):
    """A page of a plan."""

    seq: int
    push_id: str
    plan_hash: str
    items: list[PlanEntry]
    page: int = 1
    pages: int = 1
    missing: int = 0
    """How many contents the plugin asks for before it can land."""
    need: list[str] = []
    """The first of them; the others follow in messages of their own."""


class Need(msgspec.Struct, tag_field="type", tag="need", rename="camel"):
    """Contents the plugin does not hold yet, by hash."""

    seq: int
    push_id: str
    sha256: list[str]


class ResultItem(msgspec.Struct, rename="camel"):
    """What became of one item: hashes when it was read back as it was sent, else an error."""

    id: str
    sha256: str = ""
    source_sha256: str = msgspec.field(name="sourceSha256", default="")
    error: str = ""
    exact: bool = False
    """It reads back byte for byte as the content whose hash the plugin checked on arrival."""


class Result(msgspec.Struct, tag_field="type", tag="result", rename="camel"):
    """A page of what became of a push."""

    seq: int
    push_id: str
    ok: bool
    items: list[ResultItem]
    code: str = ""
    human: str = ""
    page: int = 1
    pages: int = 1
    ms: float = 0


class Progress(msgspec.Struct, tag_field="type", tag="progress", rename="camel"):
    """How far a landing is."""

    seq: int
    push_id: str
    done: int
    total: int


class Undone(msgspec.Struct, tag_field="type", tag="undone", rename="camel"):
    """A push was taken back, or why it could not be."""

    seq: int
    push_id: str
    ok: bool = True
    human: str = ""


class Redone(msgspec.Struct, tag_field="type", tag="redone", rename="camel"):
    """A push that was taken back is in the place again."""

    seq: int
    push_id: str
    ok: bool = True
    human: str = ""


class Choice(msgspec.Struct, tag_field="type", tag="choice", rename="camel"):
    """The teacher's answers to conflicts, given in Studio: by item's id."""

    seq: int
    push_id: str
    decisions: dict[str, Literal["replace", "keep", "copy"]]


class State(msgspec.Struct, tag_field="type", tag="state", rename="camel"):
    """What Studio is doing."""

    seq: int
    mode: str = "edit"


class Log(msgspec.Struct, tag_field="type", tag="log", rename="camel"):
    """A line for our log."""

    seq: int
    text: str
    level: str = "info"


class Ping(msgspec.Struct, tag_field="type", tag="ping", rename="camel"):
    """Is anybody there?"""

    seq: int


class Pong(msgspec.Struct, tag_field="type", tag="pong", rename="camel"):
    """Yes."""

    seq: int


Message = (
    Plan | Need | Result | Progress | Undone | Redone | Choice | State | Log | Ping | Pong
)  # fmt: skip

_hello: msgspec.json.Decoder[Hello] = msgspec.json.Decoder(Hello)
_message: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


class BadFrame(Exception):
    """A frame that is no message of ours, is too long, or comes at the wrong time."""


def read_hello(text: str) -> Hello:
    """Read the first frame of a plugin.

    Raises:
        BadFrame: it is no hello.
    """
    return _read(_hello, text)


def read_message(text: str) -> Message:
    """Read a later frame of a plugin.

    Raises:
        BadFrame: it is no message we know.
    """
    return _read(_message, text)


def _read(decoder: "msgspec.json.Decoder[T]", text: str) -> T:
    if len(text) > FRAME_BYTES:
        raise BadFrame("too long")
    try:
        return decoder.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise BadFrame(str(error)) from error


def write(message: dict[str, Any]) -> str:
    """A message as its frame. ASCII only, so that no reader can stumble over a character."""
    frame = msgspec.json.encode(message)  # ten times as quick as the other, which can escape
    return frame.decode() if frame.isascii() else json.dumps(message, separators=(",", ":"))


def pages(things: Sequence[T]) -> Iterator[Sequence[T]]:
    """Cut `things` into what fits one frame; nothing at all is one empty page."""
    for start in range(0, max(len(things), 1), PAGE_ITEMS):
        yield things[start : start + PAGE_ITEMS]
