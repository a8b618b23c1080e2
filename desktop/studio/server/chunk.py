"""What one call of Studio's MCP server runs, as Luau, and how its answer is found again.

The first call of a line brings the plugin's own modules and resources/studio_server/Courier.luau,
and leaves them in Studio's `_G`, which outlasts a call. Each later one brings a piece of the
frames.
No code is ever made of what a lesson holds: pieces are text literals.
"""

import re
import urllib.parse

import msgspec

from desktop import resources
from desktop.lessons.builder.literal import quoted
from desktop.studio import plugin

MOST_CHARACTERS = 199_999
"""In one chunk: as long as a script's source may be where Studio writes it into one (the cap of
`Script.Source`). The tools name no bound of their own."""
PIECE_CHARACTERS = 96_000
"""Of the frames in one call: quoting doubles it at the most, so it stays below the bound."""
KEEPER = "ToolBoxAICompanion"
"""Where in `_G` the courier is kept."""
FORGOTTEN = "forgotten"
_FAULT = "fault:"
_REQUIRE = re.compile(r"require\(script\.Parent\.(\w+)\)")
_HEAD = "TBX1"


class Answer(msgspec.Struct, rename="camel"):
    """What a call tells: a piece of the session's frames, and which place it was in."""

    said: str
    more: bool
    """There is more to fetch."""
    at_work: bool
    """The session has not come to its end."""
    recorded: bool
    """A change that is not ours was under way: perhaps the server records each call as one."""
    closed: str
    """Why the session ended; empty while it goes on."""
    place_id: int | float
    place_name: str
    mode: str
    studio: str


class NoAnswer(Exception):
    """What came back holds no answer of ours; `args[0]` is what Studio said instead, or empty."""


class Forgotten(Exception):
    """Studio no longer has the courier of this line."""


def opening(line: str, install_id: str, nonce: str) -> str:
    """The chunk that begins a line."""
    modules = "\n".join(
        f"[{quoted(name)}] = function(script, require) {source}\nend,"
        for name, source in sorted(_modules().items())
    )
    return _LOADER.format(
        modules=modules,
        keeper=quoted(KEEPER),
        line=quoted(line),
        install_id=quoted(install_id),
        answer=_answering(nonce, "courier:call('', 0)"),
    )


def call(line: str, piece: str, seconds: float, nonce: str) -> str:
    """The chunk that brings a piece of frames, and waits up to `seconds` for what comes of it."""
    return _CALL.format(
        keeper=quoted(KEEPER),
        line=quoted(line),
        forgotten=quoted(_marked(nonce, FORGOTTEN)),
        answer=_answering(nonce, f"courier:call({quoted(piece)}, {seconds:g})"),
    )


def read(text: str, nonce: str) -> Answer:
    """Find the answer to the call of this `nonce` in what a tool returned.

    A tool may put words before and after what a chunk returns, or quote it. Ours holds letters,
    digits and `%-._~` alone (RFC 3986, 2.3), which no quoting touches.

    Raises:
        Forgotten: the courier is gone.
        NoAnswer: there is none, or it makes no sense.
    """
    found = re.search(rf"{_HEAD}:{nonce}:([A-Za-z0-9%._~:-]*):{nonce}", text)
    if found is None:
        raise NoAnswer(_readable(text))
    body = found[1]
    if body == FORGOTTEN:
        raise Forgotten
    if body.startswith(_FAULT):
        raise NoAnswer(_readable(urllib.parse.unquote(body.removeprefix(_FAULT))))
    try:
        return msgspec.json.decode(urllib.parse.unquote(body), type=Answer)
    except (msgspec.DecodeError, RecursionError, UnicodeError) as error:
        raise NoAnswer("") from error


def _readable(text: str) -> str:
    """The first words of what a program said, as one line that can be shown."""
    line = " ".join(text.split())[:200]
    return "".join(letter for letter in line if letter.isprintable())


def _modules() -> dict[str, str]:
    """The courier and every module that it needs, source by name."""
    written = plugin.written()
    found: dict[str, str] = {}
    wanted = ["Courier"]
    while wanted:
        name = wanted.pop()
        if name not in found:
            found[name] = written.get(name) or _source(name)
            wanted += _REQUIRE.findall(found[name])
    return found


def _source(name: str) -> str:
    folder = "studio_server" if name == "Courier" else "studio_plugin"
    file = resources.path(folder) / f"{name}.luau"
    return file.read_text(encoding="utf-8").replace("\r\n", "\n")


def _marked(nonce: str, body: str) -> str:
    return f"{_HEAD}:{nonce}:{body}:{nonce}"


def _answering(nonce: str, what: str) -> str:
    """Luau that returns what `what` comes to between our marks, or why it came to nothing."""
    return (
        "local ok, answer = pcall(function()\n"
        f"\treturn {what}\n"
        "end)\n"
        f'local body = if ok then answer else "{_FAULT}"\n'
        '\t.. game:GetService("HttpService"):UrlEncode(tostring(answer))\n'
        f'return "{_HEAD}:{nonce}:" .. body .. ":{nonce}"\n'
    )


_LOADER = """\
local modules = {{
{modules}
}}
local folder, loaded = {{}}, {{}}
local function bring(node)
\tif loaded[node.Name] == nil then
\t\tloaded[node.Name] = modules[node.Name](node, bring)
\tend
\treturn loaded[node.Name]
end
for name in modules do
\tfolder[name] = {{ Name = name, Parent = folder }}
end
local courier
local opened, problem = pcall(function()
\tlocal kept = bring(folder.Courier).open({line}, {install_id}, _G[{keeper}])
\t_G[{keeper}] = kept
\tcourier = kept.courier
end)
if not opened then
\tcourier = {{ call = function()
\t\terror(problem, 0)
\tend }}
end
{answer}"""

_CALL = """\
local kept = _G[{keeper}]
local courier = if type(kept) == "table" then kept.courier else nil
if courier == nil or courier.line ~= {line} then
\treturn {forgotten}
end
{answer}"""
