"""What `doctor` looks at on the road into Roblox Studio, and what it mends of it."""

import asyncio
import http.client
import json
import os
import platform
import socket
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop.cli.findings import Finding
from desktop.errors import CompanionError
from desktop.settings import Settings
from desktop.studio import control, editor, pairing, plugin
from desktop.studio import plugin_folder as folders

PORT_TIMEOUT_S = 1.0
_MEND = "Run 'toolboxai-companion doctor --mend' or 'plugin install', and restart Roblox Studio."


def bridge_ports(settings: Settings) -> Iterator[Finding]:
    """Whether a port is left for the bridge to Studio, or holds our own bridge."""
    states = {port: _port_state(port) for port in settings.bridge_ports}
    told = ", ".join(f"{port} {state}" for port, state in states.items())
    ok = any(state != "taken by another program" for state in states.values())
    mend = "Name free ports as 'bridge_ports' in the settings, then install the plugin again."
    yield Finding("bridge ports", ok, told, "" if ok else mend)


def studio_plugin(settings: Settings) -> Iterator[Finding]:
    """Whether the plugin lies where Studio looks, is ours, of this version, and knows our ports."""
    if settings.studio_road == "server" and not was_installed(settings):
        yield Finding("studio plugin", True, "Not used: lessons go in by Studio's own server.")
        return
    found = plugin.status(settings.profile, settings.studio_plugins)
    mend = _MEND
    if not found.installed:
        if not was_installed(settings):
            yield Finding("studio plugin", True, f"Not installed yet in {found.path.parent}.")
            return
        detail = _why_gone(settings, found.path)
    elif not found.is_ours:
        detail = f"{found.path} belongs to another profile, so it will not be let in."
    elif not found.is_current:
        detail = f"{found.path} is of version {found.version or 'unknown'}."
    elif found.ports != settings.bridge_ports:
        detail = "The plugin looks for the Companion on other ports than the settings name."
    else:
        yield Finding("studio plugin", True, f"{found.path}, version {found.version}")
        return
    yield Finding("studio plugin", False, detail, mend)


def _why_gone(settings: Settings, expected: Path) -> str:
    paired = pairing.load(settings.profile)
    before = Path(paired.plugin_path) if paired is not None else expected
    if before != expected and before.exists():
        now = expected.parent
        return f"Studio looks for plugins in {now} now, and the plugin lies in {before.parent}."
    return f"{expected} is gone: it was deleted, or Studio's folder has moved."


def plugin_folder(settings: Settings) -> Iterator[Finding]:
    """Whether the plugin can be written where Studio looks for it."""
    folder = folder_for_plugin(settings)
    there = next(parent for parent in (folder, *folder.parents) if parent.exists())
    try:
        with tempfile.TemporaryFile(dir=there):
            pass
    except OSError as error:
        detail = f"The plugin cannot be written to {folder}: {error.strerror}."
        mend = (
            "Give yourself the right to write there, or name Studio's folder as 'studio_plugins' "
            "in the settings."
        )
        yield Finding("plugin folder", False, detail, mend)
    else:
        yield Finding("plugin folder", True, f"{folder} can be written to")


def studio_connection(settings: Settings) -> Iterator[Finding]:
    """Whether a Companion runs, and Studio is connected to it."""
    if not control.is_claimed(settings.profile):
        yield Finding("studio connection", True, "The Companion's window is not open.")
        return
    bridge = control.running(settings.profile)
    try:
        windows = asyncio.run(bridge.windows()) if bridge else None
        refusal = asyncio.run(bridge.refusal()) if bridge else ""
        road = asyncio.run(bridge.road_problem()) if bridge else ""
    except (CompanionError, OSError):
        windows, refusal, road = None, "", ""
    if windows is None:
        detail = "Another Companion of this profile runs, and does not answer."
        mend = "Close every window of the Companion, wait a moment, and open one."
        yield Finding("studio connection", False, detail, mend)
    elif windows:
        names = ", ".join(str(each.get("place_name") or "an unnamed place") for each in windows)
        yield Finding("studio connection", True, f"Connected: {names}")
    elif refusal:
        detail = f"The plugin knocked and was not let in: {refusal}"
        yield Finding("studio connection", False, detail, _MEND)
    elif road:
        yield Finding("studio connection", False, road, "Or go by the plugin: studio-server off.")
    else:
        yield Finding("studio connection", True, "Studio is not open, or has no place open.")


def loopback(_: Settings) -> Iterator[Finding]:
    """Whether programs on this computer reach each other at 127.0.0.1, past any proxy."""
    try:
        with (
            socket.create_server(("127.0.0.1", 0)) as server,
            socket.create_connection(server.getsockname(), timeout=PORT_TIMEOUT_S),
        ):
            pass
    except OSError as error:
        detail = f"Programs on this computer do not reach each other at 127.0.0.1: {error.strerror}"
        mend = "Switch IPv4 on, and have the firewall let this computer talk to itself."
        yield Finding("loopback", False, detail, mend)
        return
    proxy = urllib.request.getproxies().get("http")
    if proxy and not urllib.request.proxy_bypass("127.0.0.1"):
        detail = "A proxy is set that also stands before this computer itself."
        mend = "Add 127.0.0.1 and localhost to the proxy's exceptions (NO_PROXY), restart Studio."
        yield Finding("loopback", False, detail, mend)
    else:
        yield Finding("loopback", True, "127.0.0.1 answers")


def was_installed(settings: Settings) -> bool:
    """Whether this profile has put its plugin somewhere."""
    paired = pairing.load(settings.profile)
    return paired is not None and bool(paired.plugin_path)


def folder_for_plugin(settings: Settings) -> Path:
    """Where to put the plugin: as our settings or Studio's say, where it was, or where usual."""
    said = settings.studio_plugins or folders.chosen()
    if said is not None:
        return said
    before = plugin.status(settings.profile).path.parent
    return before if before.is_dir() else folders.usual()


def mend(settings: Settings) -> Iterator[str]:
    """Mend what can be mended without asking, and say what was done: the plugin is put right.

    Raises:
        PluginFault: the folder cannot be written to.
    """
    if all(finding.ok for finding in studio_plugin(settings)):
        return
    done = plugin.install(settings.profile, folder_for_plugin(settings), settings.bridge_ports)
    yield f"The plugin was put into {done.path.parent} again. Restart Roblox Studio to load it."


def studio_program(_: Settings) -> Iterator[Finding]:
    """Where Roblox Studio itself is."""
    found = editor.find()
    if found is not None and found.exists():
        yield Finding("studio", True, str(found))
    elif platform.system() in ("Windows", "Darwin"):
        detail = "Roblox Studio was not found. Lessons wait until it is there."
        yield Finding("studio", True, detail, "Install it from create.roblox.com.")
    else:
        yield Finding("studio", True, "Roblox Studio does not run on this system.")


def _port_state(port: int) -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name != "nt":  # on Windows this option would let two programs share a port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return "ours" if _is_our_bridge(port) else "taken by another program"
    return "free"


def _is_our_bridge(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PORT_TIMEOUT_S)
    try:
        connection.request("GET", "/status")
        told = json.loads(connection.getresponse().read(10_000))
    except (OSError, http.client.HTTPException, ValueError):
        return False
    finally:
        connection.close()
    return isinstance(told, dict) and "studio_version" in told


CHECKS: tuple[Callable[[Settings], Iterator[Finding]], ...] = (
    bridge_ports,
    studio_plugin,
    plugin_folder,
    studio_program,
    studio_connection,
    loopback,
)
