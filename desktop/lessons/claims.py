"""Claims of a lesson: whether the words that are to carry one really stand in the source."""

import unicodedata
from collections.abc import Iterable, Sequence

from desktop.lessons.schema import Claim, Passage, Source

SHORTEST_QUOTE = 12
"""Letters below which a quote says nothing: 'the' stands in every passage."""

_SAME = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00ad": ""})


def checked(claims: Iterable[Claim], sources: Sequence[Source]) -> list[Claim]:
    """The claims, each `supported` exactly when its quote stands in the passage it names."""
    passages = {(one.id, passage.id): passage for one in sources for passage in one.passages}
    return [
        claim.model_copy(
            update={"supported": carries(passages.get((claim.source, claim.passage)), claim.quote)}
        )
        for claim in claims
    ]


def carries(passage: Passage | None, quote: str) -> bool:
    """Whether `quote` stands in the passage; spaces, case and kinds of quotation marks aside."""
    words = _plain(quote)
    return passage is not None and len(words) >= SHORTEST_QUOTE and words in _plain(passage.text)


def cited(claims: Iterable[Claim], sources: Iterable[Source]) -> list[Source]:
    """The sources with only the passages that a claim names: what the lesson keeps of them."""
    named = {(claim.source, claim.passage) for claim in claims}
    return [
        source.model_copy(
            update={"passages": [one for one in source.passages if (source.id, one.id) in named]}
        )
        for source in sources
    ]


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME).casefold().split())
