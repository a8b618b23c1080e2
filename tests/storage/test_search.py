"""Searching by name: quick letters, any alphabet, and an index that never lags behind."""

import random
import string
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.storage import driver, ingest, outbox, records
from desktop.storage.cache import Cache
from desktop.storage.queries.search import search
from desktop.storage.sql import Connection

Do = Callable[..., Any]


def names(hits: Any) -> list[str]:
    return [hit.name for hit in hits]


def check(connection: Connection) -> None:
    """The index holds what the records say, no more and no less; FTS5 raises where it does not."""
    connection.execute("INSERT INTO record_words (record_words, rank) "
                               "VALUES ('integrity-check', 1)")  # fmt: skip


@pytest.fixture
def school(act: Do, said: Do) -> None:
    page = [
        said("classes", "c1", 1, name="Mathematics 4B"),
        said("classes", "c2", 2, name="History 7A"),
        said("students", "s1", 3, given_name="Ana María", family_name="Núñez", class_ids=["c1"]),
        said("students", "s2", 4, given_name="Bjørn", family_name="Åberg", class_ids=["c2"]),
        said("students", "s3", 5, given_name="小明", family_name="王", class_ids=["c2"]),
        said("lessons", "l1", 6, title="Fractions on a number line", class_ids=["c1"]),
        said("assessments", "a1", 7, title="Quiz: fractions", class_id="c1", max_score=10.0),
        said("progress_events", "p1", 8, class_id="c1", student_id="s1", kind="answer"),
    ]
    act(ingest.apply_page, page, "c8")


@pytest.mark.usefixtures("school")
@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("math", ["Mathematics 4B"]),
        ("nunez", ["Ana María Núñez"]),
        ("NÚÑ", ["Ana María Núñez"]),
        ("maria an", ["Ana María Núñez"]),
        ("aberg", ["Bjørn Åberg"]),
        ("王", ["小明 王"]),
        ("frac", ["Fractions on a number line", "Quiz: fractions"]),
        ("4b", ["Mathematics 4B"]),
        ("zz", []),
        ("", []),
        ("  -- ", []),
    ],
)
def test_a_few_letters_find_it_without_case_or_accents(ask: Do, typed: str, found: Any) -> None:
    assert names(ask(search, typed)) == found


@pytest.mark.usefixtures("school")
def test_a_hit_says_which_class_it_belongs_to(ask: Do) -> None:
    (student,) = ask(search, "ana")
    assert (student.collection, student.id) == ("students", "s1")
    assert (student.class_id, student.class_name) == ("c1", "Mathematics 4B")
    (quiz,) = [hit for hit in ask(search, "frac") if hit.collection == "assessments"]
    assert quiz.class_name == "Mathematics 4B"


@pytest.mark.usefixtures("school")
def test_what_is_renamed_deleted_or_made_is_found_as_it_is_now(act: Do, ask: Do) -> None:
    act(outbox.update, "students", "s1", {"family_name": "Okafor"})
    assert ask(search, "nunez") == []
    assert names(ask(search, "okaf")) == ["Ana María Okafor"]
    act(outbox.delete, "classes", "c2")
    assert ask(search, "history") == []
    made = act(outbox.create, "classes", {"name": "Chess club"})
    assert [hit.id for hit in ask(search, "chess")] == [made.id]
    act(outbox.delete, "classes", made.id)
    assert ask(search, "chess") == []
    act(lambda tx: check(tx.connection))


@pytest.mark.usefixtures("school")
def test_an_erased_pupil_leaves_no_word_behind(cache: Cache, ask: Do) -> None:
    cache.erase_pupil("s1").result()
    assert ask(search, "ana") == []
    cache.write(lambda tx: check(tx.connection)).result()
    cache.close()
    connection = driver.connect(cache.file)
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, record_words, row)")
    left = {term for (term,) in connection.execute("SELECT term FROM temp.words")}
    connection.close()
    assert {"aberg", "mathematics"} <= left
    assert not left & {"nunez", "maria", "ana"}


@given(typed=st.text(max_size=40))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
def test_nothing_that_can_be_typed_is_taken_for_a_query_language(ask: Do, typed: str) -> None:
    assert ask(search, typed) == []


@pytest.mark.parametrize("typed", ['" OR "', "name:ana", "collection:students", "a* NEAR(b)", "("])
@pytest.mark.usefixtures("school")
def test_the_signs_of_the_query_language_are_only_signs(ask: Do, typed: str) -> None:
    assert ask(search, typed) == []


def test_whatever_happens_to_records_the_index_follows(cache: Cache, act: Do, said: Do) -> None:
    chance = random.Random(7)
    version = 0
    for _ in range(150):
        collection = chance.choice(("students", "classes", "lessons", "xp_awards"))
        id_ = f"{collection}{chance.randrange(6)}"
        word = "".join(chance.choices(string.ascii_lowercase, k=4))
        here = cache.read(lambda c, n=(collection, id_): records.get(c, *n))
        match chance.randrange(4):
            case 0 | 1:
                version += 1
                data = {"name": word} if chance.random() < 0.9 else {}
                gone = chance.random() < 0.2
                act(ingest.apply_page, [said(collection, id_, version, deleted=gone, **data)], "c")
            case 2 if here is not None and not here.deleted and collection == "classes":
                act(outbox.update, collection, id_, {"name": word})
            case 3 if here is not None and not here.deleted and collection == "classes":
                act(outbox.delete, collection, id_)
    act(lambda tx: check(tx.connection))
