"""What the safety scan finds in one source or text, rule by rule; the words are in `scan_table`.

The plugin's `Scan.luau` judges in the same way: a change here is a change there, and
`tests/studio/test_scan_twice.py` compares what they find. Nothing here takes longer than in
proportion to the text, however hostile it is.
"""

import math
import re
import string
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from desktop.sentences import say
from desktop.studio import scan_table as table
from desktop.studio.tokens import Code, kind_of, text_of


@dataclass(frozen=True)
class Hit:
    """One hit of a rule."""

    rule: str
    line: int
    text: str
    blocks: bool


Sentence = tuple[str, str]

_PROMPT = re.compile(rf"Prompt\w*(?:{'|'.join(table.PURCHASE_WORDS)})\w*|PerformPurchase", re.ASCII)
_BIDI = re.compile(f"[{''.join(map(chr, table.BIDI_MARKS))}]")
_HIDDEN_CODE = re.compile(
    rf"\b({'|'.join(table.HIDDEN_NAMES)})\b|\b(require)\s*+\(?+\s*+\d", re.IGNORECASE | re.ASCII
)
_ESCAPE = re.compile(r"\\(?:(\d{1,3}|x[0-9A-Fa-f]{2}|u\{[0-9A-Fa-f]+\})|(?s:.))", re.ASCII)
_PUSHED_ASIDE = re.compile(rf"(?<![ \t])[ \t]{{{table.WIDEST_GAP + 1},}}+[^ \t\r]")
_BLOCK_WORDS = frozenset({"return", "and", "or", "not"})
"""An `if` after one of them is an expression, which has no `end`."""

_ALWAYS = {"require", "while", "plugin", *table.TEXT_BUILDERS, *table.SERVICE_FINDERS}
_NAMES = frozenset(
    _ALWAYS
    | table.BLOCKED_NAMES.keys()
    | table.WEB_NAMES.keys()
    | table.REVIEWED_SERVICES.keys()
    | table.FREE_NAMES.keys()
)
"""The names that a rule looks at, purchases aside."""


_STEMS = (
    "service", "async", "http", "require", "while", "asset", "loads", "fenv", "proxy", "object",
    "source", "kick", "stream", "prompt", "purchase", "_g", "shared", "plugin", "char", "reverse",
    "://", "discord", "\\",
)  # fmt: skip
"""In small letters; whatever a rule on tokens looks for holds one of them, or is escaped."""
_PLAIN = bytes([*b"\t\n\v\f\r", *range(0x20, 0x7F)])
_SHORT_WORDS = re.compile(rf"(?:[^ ]{{0,{table.ENTROPY_LENGTH - 1}}}+(?: |\Z))*+")


def is_dull(source: str) -> bool:
    """Whether no rule on tokens can find anything: large sources are data, most of the time.

    Reading the tokens of a megabyte takes four times as long as this.
    """
    if not source.isascii() or source.encode().translate(None, _PLAIN):
        return False
    lower = source.lower()
    if any(stem in lower for stem in _STEMS):
        return False
    has_texts = any(mark in source for mark in ('"', "'", "`", "[[", "[="))
    return not has_texts or _all_short(source)


def _all_short(source: str) -> bool:
    """Whether no text without a space is long enough to be unreadable."""
    found = _SHORT_WORDS.match(source)
    return found is not None and found.end() == len(source)


def hits(source: str) -> Iterator[Hit]:
    """Everything the rules find in one source, by rule rather than by line."""
    told: Counter[str] = Counter()
    in_tokens = () if is_dull(source) else _Reading(Code(source)).hits()
    for hit in chain(_line_hits(source), in_tokens):
        told[hit.rule] += 1
        if told[hit.rule] <= table.MOST_HITS:
            yield hit


def text_hits(label: str, text: str) -> Iterator[Hit]:
    """What the rules find in a name, an attribute, a text or a tag."""
    code = _hidden_code(text)
    if code:
        yield _told(table.TEXT_HIDDEN_CODE, 0, label, code, blocks=True)
    if _has_bidi(text):
        yield _told(table.TEXT_BIDI, 0, label)
    if _holds(text, table.ADDRESSES):
        yield _told(table.TEXT_ADDRESS, 0, label)
    if _holds(text, table.ASSETS):
        yield _told(table.TEXT_ASSET, 0, label)
    if len(text) > table.LONGEST_TEXT:
        yield _told(table.TEXT_LONG, 0, label, str(len(text)))


_FORMATTER = string.Formatter()


def _told(sentence: Sentence, line: int, *words: str, blocks: bool = False) -> Hit:
    names = (name for _, name, _, _ in _FORMATTER.parse(sentence[1]) if name)
    return Hit(sentence[0], line, say(sentence[1], **dict(zip(names, words, strict=True))), blocks)


def _holds(text: str, needles: Sequence[str]) -> bool:
    lower = text.lower()
    return any(needle in lower for needle in needles)


def _has_bidi(text: str) -> bool:
    return not text.isascii() and _BIDI.search(text) is not None


def _hidden_code(text: str) -> str:
    """The name of what is hidden in a text; empty when nothing is."""
    found = _HIDDEN_CODE.search(text)
    return (found[1] or found[2]).lower() if found else ""


def _line_hits(source: str) -> Iterator[Hit]:
    look_for_bidi = _has_bidi(source)
    lines = source.split("\n")
    if not look_for_bidi and max(map(len, lines)) <= table.WIDEST_GAP:
        return
    for number, line in enumerate(lines, start=1):
        if len(line) > table.WIDEST_GAP:
            if len(line) > table.LONGEST_LINE:
                yield _told(table.LONG_LINE, number)
            if _PUSHED_ASIDE.search(line):
                yield _told(table.PUSHED_ASIDE, number)
        if look_for_bidi and _BIDI.search(line):
            yield _told(table.BIDI, number)


class _Reading:
    """One source's tokens under the rules."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._raws = code.raws
        self._loop_steps = table.LOOP_STEPS
        self._touches_web = False

    def hits(self) -> Iterator[Hit]:
        """What the rules find, in order."""
        # A source repeats a few thousand words: which of them matter is asked once a word.
        words = set(self._raws)
        telling = {raw: rules for raw in words if (rules := self._rules_for(raw))}
        self._touches_web = any(text_of(raw) == table.WEB_SERVICE for raw in words)
        if telling:
            for index, raw in enumerate(self._raws):
                for rule in telling.get(raw, ()):
                    yield from rule(index)

    def _rules_for(self, raw: str) -> "Sequence[Callable[[int], Iterator[Hit]]]":
        """What to ask of each token that is written as `raw`."""
        kind = kind_of(raw)
        if kind == "odd":
            return (self._odd,)
        if kind not in {"name", "string"}:
            return ()
        word = text_of(raw)
        matters = word in _NAMES or _PROMPT.fullmatch(word) is not None
        by_name = (self._name,) if matters else ()
        if kind == "name":
            return by_name
        in_text = tuple(_string_sentences(raw, word))
        if not in_text:
            return by_name

        def tell(index: int) -> Iterator[Hit]:
            for sentence in in_text:
                yield self._hit(sentence, index)

        return (*by_name, tell)

    def _hit(self, sentence: Sentence, index: int, *words: str, blocks: bool = False) -> Hit:
        return _told(sentence, self._code.line(index), *words, blocks=blocks)

    def _odd(self, index: int) -> Iterator[Hit]:
        yield self._hit(table.ODD, index)

    def _raw(self, index: int) -> str:
        return self._raws[index] if 0 <= index < len(self._raws) else ""

    def _name(self, index: int) -> Iterator[Hit]:
        """A word that matters, as a name or as a string: both find what it names."""
        raw = self._raws[index]
        word = text_of(raw)
        if word in table.BLOCKED_NAMES:
            yield self._hit(table.BLOCKED_NAMES[word], index, blocks=True)
        elif _PROMPT.fullmatch(word):
            yield self._hit(table.PURCHASE, index, word, blocks=True)
        elif word in table.WEB_NAMES:
            if self._touches_web:
                yield self._hit(table.WEB_NAMES[word], index, blocks=True)
        elif word in table.REVIEWED_SERVICES:
            yield self._hit(table.REVIEWED_SERVICES[word], index)
        elif kind_of(raw) == "name":
            yield from self._word(word, index)

    def _word(self, word: str, index: int) -> Iterator[Hit]:
        """Names that mean something only where they stand."""
        if word == "while":
            yield from self._loop(index)
        elif word in table.SERVICE_FINDERS:
            yield from self._service(index)
        elif self._raw(index - 1) in {".", ":"}:
            if word in table.TEXT_BUILDERS and self._raw(index - 2) == "string":
                yield self._hit(table.BUILT_TEXT, index, word)
        elif word == "require":
            yield from self._require(index)
        elif word in table.FREE_NAMES:
            yield self._hit(table.FREE_NAMES[word], index)
        elif word == "plugin" and not self._is_key(index):
            yield self._hit(table.PLUGIN, index, blocks=True)

    def _is_key(self, index: int) -> bool:
        """Whether a name is a key of a table that is being made."""
        return self._raw(index + 1) == "=" and self._raw(index - 1) in {"{", ",", ";"}

    def _service(self, index: int) -> Iterator[Hit]:
        """A service has to be named plainly, or nobody can tell which one it is."""
        first, second, third = (self._raw(index + step) for step in (1, 2, 3))
        is_plain = second[:1] in {'"', "'", "["} and third == ")"
        if first == "(" and not is_plain:
            yield self._hit(table.COMPUTED_SERVICE, index)

    def _require(self, index: int) -> Iterator[Hit]:
        argument = list(self._argument(index + 1))
        if not argument:
            yield self._hit(table.REQUIRE_PASSED_ON, index, blocks=True)
        elif not _stays_inside(argument):
            yield self._hit(table.REQUIRE_OUTSIDE, index, blocks=True)

    def _argument(self, start: int) -> Iterator[str]:
        """The tokens of a call's arguments, without the outer parentheses."""
        first = self._raw(start)
        if first != "(":
            if first and kind_of(first) == "string":
                yield first
            return
        depth = 0
        for raw in islice(self._raws, start, None):
            depth += {"(": 1, ")": -1}.get(raw, 0)
            if depth == 0:
                return
            if depth > 1 or raw != "(":
                yield raw

    def _loop(self, index: int) -> Iterator[Hit]:
        is_endless = self._raw(index + 1) == "true" and self._raw(index + 2) == "do"
        if is_endless and not self._pauses(index + 3):
            yield self._hit(table.ENDLESS_LOOP, index)

    def _pauses(self, start: int) -> bool:
        """Whether a loop's body waits, yields or leaves before the loop's end.

        `if` as an expression has no `end`, so an `if` that follows an operator does not count.
        """
        depth = 1
        for index in range(start, len(self._raws)):
            self._loop_steps -= 1
            if self._loop_steps < 0:
                return False
            raw = self._raws[index]
            if raw in table.PAUSES:
                return True
            if raw in {"do", "function", "repeat"}:
                depth += 1
            elif raw == "if":
                depth += self._is_statement(index)
            elif raw in {"end", "until"}:
                depth -= 1
            if depth == 0:
                return False
        return False

    def _is_statement(self, index: int) -> bool:
        before = self._raw(index - 1)
        if before and kind_of(before) == "name":
            return before not in _BLOCK_WORDS
        return before in {")", ";", "}"}


def _stays_inside(argument: Sequence[str]) -> bool:
    """Whether an argument of `require` is a path of names, from `script` or a local name.

    Calls are allowed for finding children and services; numbers, texts and arithmetic are not.
    """
    if kind_of(argument[0]) != "name":
        return False
    for index, raw in enumerate(argument):
        kind = kind_of(raw)
        if kind in {"number", "odd"}:
            return False
        if kind == "symbol" and raw not in table.PATH_SYMBOLS:
            return False
        if raw == "(" and (not index or argument[index - 1] not in table.PATH_FINDERS):
            return False
    return True


def _string_sentences(raw: str, text: str) -> Iterator[Sentence]:
    """What is to be said of a string, wherever it stands."""
    if _holds(text, table.ADDRESSES):
        yield table.ADDRESS
    if _holds(text, table.ASSETS):
        yield table.ASSET
    if "\\" in raw and _is_all_escapes(raw):
        yield table.ESCAPES
    if " " not in raw and _entropy(raw) > table.ENTROPY_BITS:
        yield table.ENTROPY
    if text not in table.BLOCKED_NAMES and _hidden_code(text):
        yield table.HIDDEN_CODE


def _is_all_escapes(raw: str) -> bool:
    escapes = [found for found in _ESCAPE.findall(raw) if found]
    long_enough = len(escapes) >= table.MANY_ESCAPES
    return long_enough and sum(map(len, escapes)) * 3 + len(escapes) * 3 > len(raw.encode())


def _entropy(raw: str) -> float:
    """Bits a byte (Shannon) of a string as it is written; nothing for a short one."""
    written = raw.encode(errors="replace")
    if len(written) < table.ENTROPY_LENGTH:
        return 0
    counts = Counter(written)
    shares = (counts[byte] / len(written) for byte in sorted(counts))
    return -sum(share * math.log2(share) for share in shares)
