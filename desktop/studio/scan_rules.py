"""What the safety scan looks for, rule by rule."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop.studio.tokens import Token


@dataclass(frozen=True)
class Hit:
    """One hit of a rule."""

    rule: str
    line: int
    text: str
    blocks: bool


FORBIDDEN_PROPERTIES = frozenset({"LinkedSource"})

_BLOCKED_NAMES = {
    "loadstring": ("run_text", "it runs text as code (loadstring)."),
    "getfenv": ("environment", "it reaches into another script's variables (getfenv)."),
    "setfenv": ("environment", "it reaches into another script's variables (setfenv)."),
    "newproxy": ("proxy", "it makes an object that hides what it does (newproxy)."),
    "InsertService": ("insert", "it can bring models in from elsewhere (InsertService)."),
    "GetObjects": ("insert", "it can bring models in from elsewhere (GetObjects)."),
    "LoadAsset": ("insert", "it can bring models in from elsewhere (LoadAsset)."),
    "LoadAssetVersion": ("insert", "it can bring models in from elsewhere (LoadAssetVersion)."),
    "LoadAssetAsync": ("insert", "it can bring models in from elsewhere (LoadAssetAsync)."),
    "CreatePlaceAsync": ("insert", "it can make places (CreatePlaceAsync)."),
    "LinkedSource": ("linked_source", "it can bring code in from elsewhere (LinkedSource)."),
    "TeleportService": ("teleport", "it can send students to another place (TeleportService)."),
    "BanAsync": ("ban", "it can ban students (BanAsync)."),
    "UnbanAsync": ("ban", "it can change bans (UnbanAsync)."),
    "Kick": ("ban", "it can throw students out (Kick)."),
    "PostAsync": ("http_request", "it can send data to the internet (PostAsync)."),
    "RequestAsync": ("http_request", "it can send data to the internet (RequestAsync)."),
    "CreateWebStreamClient": ("http_request", "it can open a line to the internet."),
    "HttpGet": ("http_request", "it can fetch from the internet (HttpGet)."),
    "HttpPost": ("http_request", "it can send data to the internet (HttpPost)."),
    "ScriptEditorService": ("editor", "it can rewrite scripts (ScriptEditorService)."),
}
_PURCHASE = re.compile(r"Prompt\w*(Purchase|Subscription|Premium)\w*|PerformPurchase")
_REVIEW_NAMES = {
    "_G": ("shared_state", "it shares values with scripts from elsewhere (_G)."),
    "shared": ("shared_state", "it shares values with scripts from elsewhere (shared)."),
}
_REVIEW_SERVICES = {
    "DataStoreService": ("data_store", "it stores data about players (DataStoreService)."),
    "MemoryStoreService": ("data_store", "it stores data about players (MemoryStoreService)."),
    "MessagingService": ("messaging", "it talks to other servers (MessagingService)."),
}
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_URL = re.compile(r"https?://|wss?://|discord(?:app)?\.(?:gg|com)", re.IGNORECASE)
_ASSET = re.compile(r"rbxassetid://|roblox\.com/asset|rbxthumb://", re.IGNORECASE)
_HIDDEN_CODE = re.compile(r"\b(loadstring|getfenv|setfenv)\b|\brequire\s*\(?\s*\d", re.IGNORECASE)
_ESCAPES = re.compile(r"\\(?:\d{1,3}|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]+\})")
_WAITS = frozenset({"wait", "Wait", "WaitForChild", "yield", "delay", "break", "return"})

LONGEST_LINE = 1_000
DEEPEST_INDENT = 120
_MANY_ESCAPES = 8
_ENTROPY_LENGTH = 120
_ENTROPY_BITS = 4.7
LONGEST_TEXT = 10_000


def hits(source: str, tokens: Sequence[Token]) -> Iterator[Hit]:
    """Everything the rules find in one source."""
    yield from _line_hits(source)
    code = [token for token in tokens if token.kind != "comment"]
    yield from _name_hits(code)
    yield from _require_hits(code)
    yield from _loop_hits(code)
    for token in code:
        if token.kind == "string":
            yield from _string_hits(token)
        elif token.kind == "odd" and not token.text.isspace():
            yield Hit("odd_character", token.line, "it has a letter that is not plain.", False)


def text_hits(label: str, text: str) -> Iterator[Hit]:
    """What the rules find in a name, an attribute, a text or a tag."""
    found = _HIDDEN_CODE.search(text)
    if found:
        yield Hit("hidden_code", 0, f"its {label} holds code ({found[0]}).", True)
    if _BIDI.search(text):
        yield Hit("bidi", 0, f"its {label} has marks that turn the reading order.", False)
    if _URL.search(text):
        yield Hit("url", 0, f"its {label} holds a web address.", False)
    if _ASSET.search(text):
        yield Hit("asset", 0, f"its {label} brings in an asset from Roblox.", False)
    if len(text) > LONGEST_TEXT:
        yield Hit("long_text", 0, f"its {label} is {len(text):,} characters long.", False)


def _line_hits(source: str) -> Iterator[Hit]:
    for number, line in enumerate(source.split("\n"), start=1):
        if len(line) > LONGEST_LINE:
            yield Hit("long_line", number, "it is too long to read at a glance.", False)
        if len(line) - len(line.lstrip(" \t")) > DEEPEST_INDENT and line.strip():
            yield Hit("pushed_aside", number, "it is pushed out of sight to the right.", False)
        if _BIDI.search(line):
            yield Hit("bidi", number, "it has marks that turn the reading order.", False)


def _name_hits(code: Sequence[Token]) -> Iterator[Hit]:
    touches_web = any(token.text == "HttpService" for token in code)
    for index, token in enumerate(code):
        # A name in a string is looked up by it as well: `game["GetObjects"]`.
        if token.kind not in {"name", "string"}:
            continue
        word = token.text
        if word in _BLOCKED_NAMES:
            yield _hit(_BLOCKED_NAMES[word], token.line, blocks=True)
        elif _PURCHASE.fullmatch(word):
            text = f"it can ask students to buy something ({word})."
            yield Hit("purchase", token.line, text, True)
        elif word == "GetAsync" and touches_web:
            yield Hit("http_request", token.line, "it can fetch from the internet.", True)
        elif word in _REVIEW_SERVICES:
            yield _hit(_REVIEW_SERVICES[word], token.line, blocks=False)
        elif token.kind == "name":
            yield from _free_name_hits(code, index)


def _free_name_hits(code: Sequence[Token], index: int) -> Iterator[Hit]:
    """Names that mean something only when they are no field of something else."""
    token = code[index]
    before = code[index - 1].text if index else ""
    after = code[index + 1].text if index + 1 < len(code) else ""
    if before in {".", ":"}:
        if token.text in {"char", "reverse"} and code[index - 2].text == "string":
            text = f"it builds text from pieces (string.{token.text})."
            yield Hit("built_text", token.line, text, False)
        return
    if token.text == "plugin" and not (after == "=" and before in {"{", ",", ";"}):
        yield Hit("plugin", token.line, "it reaches for Studio's own powers (plugin).", True)
    elif token.text in _REVIEW_NAMES:
        yield _hit(_REVIEW_NAMES[token.text], token.line, blocks=False)


def _hit(rule: tuple[str, str], line: int, *, blocks: bool) -> Hit:
    return Hit(rule[0], line, rule[1], blocks)


def _require_hits(code: Sequence[Token]) -> Iterator[Hit]:
    for index, token in enumerate(code):
        if token.text != "require" or token.kind != "name":
            continue
        if index and code[index - 1].text in {".", ":"}:
            continue
        argument = list(_argument(code, index + 1))
        if not argument:
            yield Hit("require", token.line, "it passes `require` on under another name.", True)
        elif not _stays_inside(argument):
            yield Hit("require", token.line, "it loads code from outside the lesson.", True)


def _argument(code: Sequence[Token], start: int) -> Iterator[Token]:
    """The tokens of a call's arguments, without the outer parentheses."""
    if start >= len(code) or (code[start].text != "(" and code[start].kind != "string"):
        return
    if code[start].kind == "string":
        yield code[start]
        return
    depth = 0
    for token in code[start:]:
        depth += {"(": 1, ")": -1}.get(token.text, 0) if token.kind == "symbol" else 0
        if depth == 0:
            return
        if token is not code[start]:
            yield token


def _stays_inside(argument: Sequence[Token]) -> bool:
    """Whether an argument of `require` is a path of names, from `script` or a local name.

    Calls are allowed for finding children and services; numbers, texts and arithmetic are not.
    """
    if argument[0].kind != "name":
        return False
    for index, token in enumerate(argument):
        if token.kind == "number" or token.kind == "odd":
            return False
        if token.kind == "symbol" and token.text not in {".", ":", "(", ")", "[", "]", "::"}:
            return False
        if token.text == "(" and not _is_finder(argument, index):
            return False
    return True


def _is_finder(argument: Sequence[Token], index: int) -> bool:
    name = argument[index - 1].text if index else ""
    return name in {"WaitForChild", "FindFirstChild", "GetService", "FindFirstAncestor"}


def _string_hits(token: Token) -> Iterator[Hit]:
    text = token.text
    if _URL.search(text):
        yield Hit("url", token.line, "it holds a web address.", False)
    if _ASSET.search(text):
        yield Hit("asset", token.line, "it brings in an asset from Roblox.", False)
    escapes = _ESCAPES.findall(token.raw)
    if len(escapes) >= _MANY_ESCAPES and sum(map(len, escapes)) * 3 > len(token.raw):
        yield Hit("escapes", token.line, "it hides a text behind number codes.", False)
    if len(text) >= _ENTROPY_LENGTH and " " not in text and _entropy(text) > _ENTROPY_BITS:
        yield Hit("entropy", token.line, "it holds a long text that nobody can read.", False)
    if _HIDDEN_CODE.search(text) and text not in _BLOCKED_NAMES:
        yield Hit("hidden_code", token.line, "it holds code inside a text.", False)


def _entropy(text: str) -> float:
    counts = Counter(text)
    return -sum(count / len(text) * math.log2(count / len(text)) for count in counts.values())


def _loop_hits(code: Sequence[Token]) -> Iterator[Hit]:
    for index, token in enumerate(code[:-2]):
        if token.kind == "name" and token.text == "while":
            forever = code[index + 1].text == "true" and code[index + 2].text == "do"
            if forever and not _pauses(code, index + 3):
                text = "it repeats for ever without a pause, which freezes the place."
                yield Hit("endless_loop", token.line, text, False)


def _pauses(code: Sequence[Token], start: int) -> bool:
    """Whether a loop's body waits, yields or leaves before the loop's end.

    `if` as an expression has no `end`, so an `if` that follows an operator does not count.
    """
    depth = 1
    for index in range(start, len(code)):
        token = code[index]
        if token.kind != "name":
            continue
        if token.text in _WAITS:
            return True
        if token.text in {"do", "function", "repeat"}:
            depth += 1
        elif token.text == "if" and code[index - 1].kind == "name":
            depth += code[index - 1].text not in {"return", "and", "or", "not", "else", "then"} or (
                code[index - 1].text in {"else", "then"}
            )
        elif token.text == "if" and code[index - 1].text in {")", ";", "}"}:
            depth += 1
        elif token.text in {"end", "until"}:
            depth -= 1
        if depth == 0:
            return False
    return False
