"""What the rest of the server asks of realtime, whoever carries it to the clients."""

import contextlib
from collections.abc import Iterable
from typing import Protocol


class Channels(Protocol):
    """The embedded endpoint's hub, or a Pusher-protocol service elsewhere."""

    key: str
    """The public half of the key pair: clients are told it."""

    def running(self) -> contextlib.AbstractAsyncContextManager[None]:
        """Send from this event loop until the block ends."""

    def poke(self, users: Iterable[str], version: int) -> None:
        """Tell people that there is something to pull; from any thread."""

    def publish(self, channel: str, event: str, data: object) -> None:
        """Send an event to everybody in a channel; from the event loop."""

    def sign(self, socket_id: str, channel: str, channel_data: str | None) -> str:
        """The signature that lets a socket into a channel."""

    def trouble(self) -> str:
        """Why events do not reach their channels at the moment; "" when they do."""
