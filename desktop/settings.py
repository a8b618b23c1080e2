"""Where things lie and what is switched on.

Layers, the later one wins: defaults < managed policy file < the user's `settings.toml` in the
profile < environment `TOOLBOXAI_*` < command line.
"""

import dataclasses
import functools
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, get_args, get_origin, get_type_hints

from desktop import private_files
from desktop.errors import WrongUse
from desktop.sentences import say

ENVIRONMENT_PREFIX = "TOOLBOXAI_"
PASSPHRASE_VARIABLE = "TOOLBOXAI_VAULT_PASSPHRASE"  # noqa: S105  (the name, not the secret)
POLICY_VARIABLE = "TOOLBOXAI_POLICY"
USER_FILE = "settings.toml"

Reader = Callable[[object], Any]
"""Turns what a file, a variable or an option says into the setting's value, or raises ValueError
with the words of what it should have been."""


def _text(given: object) -> str:
    if not isinstance(given, str):
        raise ValueError("text")  # noqa: TRY004  (the words of a sentence, not a defect)
    return given.strip()


def _folder(given: object) -> Path:
    text = str(given) if isinstance(given, str | Path) else ""
    if not text.strip():
        raise ValueError("the path of a folder or file")
    return Path(text).expanduser().absolute()


def _switch(given: object) -> bool:
    if isinstance(given, bool):
        return given
    known = {"1": True, "true": True, "yes": True, "on": True}
    known |= {"0": False, "false": False, "no": False, "off": False}
    if not isinstance(given, str) or given.strip().lower() not in known:
        raise ValueError("true or false")
    return known[given.strip().lower()]


def _ports(given: object) -> tuple[int, ...]:
    parts = given.replace(",", " ").split() if isinstance(given, str) else given
    if not isinstance(parts, list | tuple) or not parts:
        raise ValueError("a list of port numbers")
    try:
        ports = tuple(int(part) for part in parts)
    except (TypeError, ValueError) as error:
        raise ValueError("a list of port numbers") from error
    if not all(1_024 <= port < 49_152 for port in ports):
        raise ValueError("port numbers from 1024 to 49151")
    return ports


def _number(least: int, most: int) -> Reader:
    def read(given: object) -> int:
        text = str(given) if not isinstance(given, bool) else ""
        number = int(text) if text.isdecimal() else -1
        if not least <= number <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return number

    return read


def _choice(*choices: str) -> Reader:
    def read(given: object) -> str:
        if given not in choices:
            raise ValueError("one of " + ", ".join(choices))
        return str(given)

    return read


@dataclass(frozen=True)
class Setting:
    """What is said about one setting, once: the screen, the help and the layers read it."""

    description: str
    read: Reader
    in_files: bool = True
    """Whether a file may set it; the profile cannot lie inside itself."""


@dataclass(frozen=True)
class Described:
    """One setting with everything a screen or a help text needs."""

    key: str
    default: object
    description: str
    choices: tuple[str, ...]


AiProvider = Literal["template", "openai", "anthropic", "platform"]
Theme = Literal["system", "light", "dark", "contrast"]
StudioRoad = Literal["plugin", "server"]


@dataclass(frozen=True)
class Settings:
    """One run's settings."""

    profile: Annotated[
        Path, Setting("The folder that holds everything: cache, settings, logs.", _folder, False)
    ]
    vault: Annotated[
        Path | None, Setting("An encrypted file for secrets where there is no keyring.", _folder)
    ] = None
    language: Annotated[
        str, Setting("Language of the window, such as 'es'; empty follows the computer.", _text)
    ] = ""
    theme: Annotated[
        Theme, Setting("Look of the window.", _choice("system", "light", "dark", "contrast"))
    ] = "system"
    bridge_ports: Annotated[
        tuple[int, ...],
        Setting("Ports that the bridge to Roblox Studio tries, the first free one wins.", _ports),
    ] = (28_917, 31_417, 34_117, 37_717, 42_617)
    studio_plugins: Annotated[
        Path | None,
        Setting("Roblox Studio's plugin folder, when it is not where Studio puts it.", _folder),
    ] = None
    studio_road: Annotated[
        StudioRoad,
        Setting(
            "How lessons reach Roblox Studio: by our plugin, or by the MCP server that Studio "
            "ships (not tried against every version of Studio).",
            _choice("plugin", "server"),
        ),
    ] = "plugin"
    studio_server: Annotated[
        Path | None,
        Setting("The program of Studio's MCP server, when it is not the one of Studio.", _folder),
    ] = None
    school_data: Annotated[
        Path | None,
        Setting("Where Local school keeps its data; usually inside the profile.", _folder),
    ] = None
    ai_provider: Annotated[
        AiProvider,
        Setting(
            "Who makes lessons: our templates, a server that speaks the OpenAI protocol, "
            "Anthropic, or the ToolBoxAI platform.",
            _choice("template", "openai", "anthropic", "platform"),
        ),
    ] = "template"
    ai_address: Annotated[
        str, Setting("Address of the AI provider, such as 'https://api.openai.com/v1'.", _text)
    ] = ""
    ai_model: Annotated[str, Setting("The AI provider's model that writes lessons.", _text)] = ""
    ai_username: Annotated[
        str, Setting("Name to sign in with at the ToolBoxAI platform.", _text)
    ] = ""
    ai_most_tokens: Annotated[
        int, Setting("How many tokens one lesson may use.", _number(1_000, 5_000_000))
    ] = 150_000
    ai_most_cents: Annotated[
        int,
        Setting(
            "How many US cents one lesson may cost, where the price is known.", _number(1, 100_000)
        ),
    ] = 100
    open_cloud: Annotated[
        str, Setting("Address of Roblox Open Cloud, which publishes places.", _text)
    ] = "https://apis.roblox.com"
    device_name: Annotated[
        str, Setting("How this computer is named in the list of signed-in devices.", _text)
    ] = ""
    allow_plain_http: Annotated[
        bool,
        Setting("Allow school servers without encryption beyond this computer.", _switch),
    ] = False

    @classmethod
    def load(cls, *, profile: Path | None = None, vault: Path | None = None) -> "Settings":
        """Read the settings from every layer; what is passed here wins.

        Raises:
            WrongUse: a layer holds something that does not fit; the sentence names it.
        """
        environment = _environment(os.environ)
        options = {key: given for key, given in (("profile", profile), ("vault", vault)) if given}
        named = {key: given for key, given in (environment | options).items() if key == "profile"}
        values = {"profile": default_profile()} | _read_layer(named, "the environment")
        user_file = Path(str(values["profile"])) / USER_FILE
        for file in (policy_file(), user_file):
            values |= _read_layer(_from_file(file), str(file), from_file=True)
        values |= _read_layer(environment, "the environment")
        values |= _read_layer(options, "the command line")
        return cls(**values)  # type: ignore[arg-type]  # each value was read by its own reader

    @property
    def school_folder(self) -> Path:
        """Where Local school keeps its data."""
        return self.school_data or self.profile / "school"

    @property
    def logs(self) -> Path:
        """Where log files go."""
        return self.profile / "logs"

    @property
    def vault_passphrase(self) -> str | None:
        """The vault's passphrase from the environment; read when asked, kept nowhere."""
        return os.environ.get(PASSPHRASE_VARIABLE) or None


def default_profile() -> Path:
    """The platform's folder for this program's data."""
    import platformdirs

    return Path(platformdirs.user_data_dir("TeacherCompanion", "ToolBoxAI")).absolute()


def policy_file() -> Path:
    """The file by which an administrator presets settings for every user of this computer."""
    named = os.environ.get(POLICY_VARIABLE)
    if named:
        return Path(named)
    import platformdirs

    return Path(platformdirs.site_config_dir("TeacherCompanion", "ToolBoxAI")) / "policy.toml"


def descriptors() -> Iterator[Described]:
    """Every setting with its key, default and description, in order."""
    hints = get_type_hints(Settings, include_extras=True)
    for field in dataclasses.fields(Settings):
        kind, setting = get_args(hints[field.name])
        choices = get_args(kind) if get_origin(kind) is Literal else ()
        default = None if field.default is dataclasses.MISSING else field.default
        yield Described(field.name, default, setting.description, choices)


def save(profile: Path, changes: Mapping[str, object]) -> None:
    """Write `changes` to the user's own file, keeping what else it says; None removes a key.

    Raises:
        WrongUse: a key is unknown or a value does not fit; nothing is written then.
    """
    file = profile / USER_FILE
    unknown = sorted(set(changes) - set(_known()))
    if unknown:
        raise WrongUse(say("There is no setting named '{key}'.", key=unknown[0]))
    _read_layer({key: value for key, value in changes.items() if value is not None}, str(file))
    kept = {**_from_file(file), **changes}
    lines = [f"{key} = {_toml(value)}\n" for key, value in kept.items() if value is not None]
    profile.mkdir(mode=0o700, parents=True, exist_ok=True)
    private_files.write(file, "".join(lines).encode())


def _toml(value: object) -> str:
    import json

    # JSON's strings, numbers, lists and booleans are TOML's too, but for the delete character.
    plain = value if isinstance(value, bool | int | float | list | tuple) else str(value)
    return json.dumps(plain, ensure_ascii=False).replace("\x7f", "\\u007F")


@functools.cache
def _known() -> dict[str, Setting]:
    hints = get_type_hints(Settings, include_extras=True)
    return {field.name: get_args(hints[field.name])[1] for field in dataclasses.fields(Settings)}


def _read_layer(
    layer: Mapping[str, object], source: str, *, from_file: bool = False
) -> dict[str, object]:
    """The values of one layer; a key that this version does not know is left alone."""
    known = _known()
    values = {}
    for key, given in layer.items():
        setting = known.get(key)
        if setting is None or (from_file and not setting.in_files):
            continue
        try:
            values[key] = setting.read(given)
        except ValueError as error:
            raise WrongUse(
                say(
                    "The setting '{key}' in {source} should be {why}.",
                    key=key,
                    source=source,
                    why=error,
                )
            ) from error
    return values


def _environment(variables: Mapping[str, str]) -> dict[str, object]:
    named = {key: ENVIRONMENT_PREFIX + key.upper() for key in _known()}
    return {key: variables[name] for key, name in named.items() if variables.get(name)}


def _from_file(file: Path) -> dict[str, Any]:
    try:
        said = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise WrongUse(
            say("The settings in {file} cannot be read: {why}.", file=file, why=error.strerror)
        ) from error
    import tomllib

    try:
        return tomllib.loads(said.decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(
            say("The settings in {file} are not written as TOML: {why}.", file=file, why=error),
            mend=say("Mend the line, or rename the file to start with fresh settings."),
        ) from error
