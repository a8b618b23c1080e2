"""Contents on their way to the plugin: small ones many to a frame, large ones in pieces."""

import base64
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from desktop.studio import protocol

_ENVELOPE_BYTES = 200
"""What a content's hash and the JSON around it take in a frame."""


def messages(hashes: Iterable[str], content: Callable[[str], bytes]) -> Iterator[dict[str, Any]]:
    """The messages that bring the contents of `hashes`, each of at most one frame."""
    small: list[dict[str, str]] = []
    size = 0
    for sha256 in hashes:
        raw = content(sha256)
        if len(raw) > protocol.SMALL_BLOB_BYTES:
            yield from _pieces(sha256, raw)
            continue
        if size + len(raw) + _ENVELOPE_BYTES > protocol.CHUNK_BYTES // 2:
            yield {"type": "blobs", "blobs": small}
            small, size = [], 0
        small.append({"sha256": sha256, "data": base64.b64encode(raw).decode()})
        size += len(raw) + _ENVELOPE_BYTES
    if small:
        yield {"type": "blobs", "blobs": small}


def _pieces(sha256: str, raw: bytes) -> Iterator[dict[str, Any]]:
    starts = range(0, len(raw), protocol.CHUNK_BYTES)
    for number, start in enumerate(starts, start=1):
        piece = base64.b64encode(raw[start : start + protocol.CHUNK_BYTES]).decode()
        yield {"type": "blob", "sha256": sha256, "i": number, "n": len(starts), "data": piece}
