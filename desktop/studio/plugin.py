"""The Studio plugin: built into one file with its secret, installed, looked at, removed."""

import contextlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import desktop
from desktop import private_files, resources
from desktop.lessons.instances import Instance
from desktop.sentences import say
from desktop.studio import pairing, plugin_folder, rbxmx, scan, scan_table
from desktop.studio.errors import PluginFault
from desktop.studio.pairing import Pairing
from desktop.studio.protocol import STANDARD_PORTS

FILE = "ToolBoxAICompanion.rbxmx"
_ENTRY = "init.server.luau"
_VERSION = re.compile(r'version = "([^"]*)"')


@dataclass(frozen=True)
class PluginStatus:
    """What there is of the plugin in a folder."""

    path: Path
    installed: bool
    version: str = ""
    """The version in the file; empty when it is not installed or cannot be read."""
    is_ours: bool = False
    """Whether the file holds this profile's pairing, so that it will be let in."""
    ports: tuple[int, ...] = STANDARD_PORTS

    @property
    def is_current(self) -> bool:
        """Whether there is nothing to mend."""
        return self.installed and self.is_ours and self.version == desktop.__version__


def build(paired: Pairing) -> bytes:
    """The plugin as one model file, with the ports and the secret of `paired` inside."""
    folder = resources.path("studio_plugin")
    modules = [
        Instance("ModuleScript", file.name.removesuffix(".luau"), {"Source": _source(file)})
        for file in sorted(folder.glob("*.luau"))
        if file.name != _ENTRY
    ]
    modules += [
        Instance("ModuleScript", name, {"Source": source}) for name, source in written().items()
    ]
    config = Instance("ModuleScript", "Config", {"Source": _config(paired)})
    entry = Instance(
        "Script",
        FILE.removesuffix(".rbxmx"),
        {"Source": _source(folder / _ENTRY)},
        children=(config, *modules),
    )
    return rbxmx.write([entry])


def written() -> dict[str, str]:
    """The modules that are written when the plugin is built, `Config` aside: source by name."""
    return {"ScanTable": scan_table.as_luau(scan.own_modules())}


def install(
    profile_folder: Path, folder: Path | None = None, ports: Sequence[int] = ()
) -> PluginStatus:
    """Write the plugin into Studio's folder, with a fresh secret that the running bridge takes up.

    `profile_folder` keeps the app's side. Without `folder` the plugin goes where Studio's own
    settings say, else where it was installed last, else where Studio looks on this platform;
    without `ports` they stay as they are. A copy that lies elsewhere is taken away: its secret
    is worthless by then.

    Raises:
        PluginFault: the folder cannot be written.
    """
    before = pairing.load(profile_folder) or pairing.fresh()
    target = _target(before, folder)
    fresh = pairing.fresh(tuple(ports) or before.ports, str(target))
    # The install id says which Companion a plugin belongs to; it outlives the secret.
    fresh = replace(fresh, install_id=before.install_id)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        private_files.write(target, build(fresh))
    except OSError as error:
        raise PluginFault(
            say(
                "The plugin could not be written to {parent}: {why}.",
                parent=target.parent,
                why=error.strerror,
            ),
            mend=say(
                "Choose a folder that you may write to, or ask whoever looks after this computer."
            ),
        ) from error
    pairing.save(profile_folder, fresh)
    if before.plugin_path:
        _take_away(Path(before.plugin_path), unless=target)
    return status(profile_folder, target.parent)


def _take_away(file: Path, *, unless: Path) -> None:
    """Delete an earlier copy, but for one that is the new one by another name (a link)."""
    with contextlib.suppress(OSError):  # gone, or on a drive that is
        if not file.samefile(unless):
            file.unlink()


def status(profile_folder: Path, folder: Path | None = None) -> PluginStatus:
    """Look at the plugin's file."""
    paired = pairing.load(profile_folder)
    target = _target(paired, folder)
    ports = paired.ports if paired else STANDARD_PORTS
    try:
        content = target.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return PluginStatus(target, installed=target.exists(), ports=ports)
    version = _VERSION.search(content)
    is_ours = paired is not None and f'secret = "{paired.secret.hex()}"' in content
    return PluginStatus(target, True, version[1] if version else "", is_ours, ports)


def remove(profile_folder: Path, folder: Path | None = None) -> PluginStatus:
    """Delete the plugin's file, and make the secret in it worthless.

    Raises:
        PluginFault: the file is there and cannot be deleted.
    """
    paired = pairing.load(profile_folder)
    target = _target(paired, folder)
    elsewhere = Path(paired.plugin_path) if paired is not None and paired.plugin_path else target
    try:
        for file in {target, target if folder is not None else elsewhere}:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise PluginFault(
            say(
                "The plugin could not be removed from {parent}: {why}.",
                parent=target.parent,
                why=error.strerror,
            ),
            mend=say("Close Roblox Studio and try again."),
        ) from error
    if paired is not None:
        fresh = pairing.fresh(paired.ports)
        pairing.save(profile_folder, replace(fresh, install_id=paired.install_id))
    return status(profile_folder, target.parent)


def _target(paired: Pairing | None, folder: Path | None) -> Path:
    if folder is not None:
        return folder.absolute() / FILE
    chosen = plugin_folder.chosen()
    if chosen is None and paired is not None and paired.plugin_path:
        return Path(paired.plugin_path)
    return (chosen or plugin_folder.usual()) / FILE


def _source(file: Path) -> str:
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


def _config(paired: Pairing) -> str:
    ports = ", ".join(str(port) for port in paired.ports)
    return (
        "--!strict\n"
        "-- Written when the plugin was installed. The secret is for this computer alone.\n\n"
        "return {\n"
        f"\tports = {{ {ports} }},\n"
        f'\tinstallId = "{paired.install_id}",\n'
        f'\tsecret = "{paired.secret.hex()}",\n'
        f'\tversion = "{desktop.__version__}",\n'
        "}\n"
    )
