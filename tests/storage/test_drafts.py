"""Drafts: kept as they are written, over a restart, apart from what is saved and sent."""

from typing import Any

import pytest

from desktop.storage import drafts, sending
from desktop.storage.cache import Cache


def draft(cache: Cache, subject: str) -> str | None:
    return cache.read(lambda connection: drafts.of(connection, subject))


def test_a_draft_outlives_a_restart_and_is_never_sent(open_cache: Any) -> None:
    cache = open_cache()
    cache.write(lambda tx: drafts.keep(tx, "lessons/1", '{"title": "Fra')).result()
    cache.close()
    again = open_cache()
    assert draft(again, "lessons/1") == '{"title": "Fra'
    assert again.read(sending.waiting) == []


def test_the_newest_words_of_a_draft_count_until_it_is_let_go(open_cache: Any) -> None:
    cache = open_cache()
    for words in ("first", "second"):
        cache.write(lambda tx, words=words: drafts.keep(tx, "lessons/1", words)).result()
    assert draft(cache, "lessons/1") == "second"
    assert draft(cache, "lessons/2") is None
    cache.write(lambda tx: drafts.drop(tx, "lessons/1")).result()
    assert draft(cache, "lessons/1") is None


def test_a_draft_beyond_all_forms_is_refused(open_cache: Any) -> None:
    cache = open_cache()
    with pytest.raises(ValueError, match="letters"):
        cache.write(lambda tx: drafts.keep(tx, "x", "y" * (drafts.LARGEST + 1))).result()
    assert draft(cache, "x") is None
