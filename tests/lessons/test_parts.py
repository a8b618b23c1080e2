"""One part is made anew and everything else stays; a claim counts only with its words in place."""

from typing import Any

import pytest

from desktop.lessons import claims, package, parts
from desktop.lessons.package import InvalidPackage
from desktop.lessons.schema import PARTS, Claim, LessonPackage, Passage, Revision, Source
from tests.lessons import made

REVISION = Revision(
    part="summary", provider="openai", model="m", time="2026-11-23T08:00:00Z", instruction="shorter"
)
TEXT = "Water  turns into vapour when it is heated; we call this “evaporation”."
SOURCE = Source(id="s1", title="Water", kind="text", passages=[Passage(id="p1", text=TEXT)])


def claim(**fields: Any) -> Claim:
    told = {"part": "summary", "text": "Heat makes vapour.", "source": "s1", "passage": "p1"}
    return Claim(**{**told, **fields})


def supported(one: Claim) -> bool:
    return claims.checked([one], [SOURCE])[0].supported


def test_every_other_part_stays_byte_for_byte() -> None:
    before = made.fractions()
    after = parts.replaced(before, "summary", "Short.", REVISION)
    assert after.summary == "Short."
    assert after.provenance.revisions == [REVISION]
    restored = after.model_copy(update={"summary": before.summary, "provenance": before.provenance})
    assert package.dump(restored) == package.dump(before)
    assert parts.changed(before, after) == ("summary",)


def test_a_part_that_does_not_fit_is_refused_in_words() -> None:
    before = made.fractions()
    with pytest.raises(InvalidPackage, match="the activities take"):
        parts.replaced(before, "activities", parts.value_of(before, "activities")[1:], REVISION)
    with pytest.raises(InvalidPackage, match="which the quiz does not have"):
        parts.replaced(before, "quiz", parts.value_of(before, "quiz")[1:], REVISION)


def test_a_part_brings_its_own_claims_and_loses_the_old_ones() -> None:
    fields = made.fields()
    fields["sources"] = [SOURCE.model_dump()]
    fields["claims"] = [claim().model_dump(), claim(part="quiz").model_dump()]
    before = package.load(fields)
    new = claim(quote="turns into vapour")
    after = parts.replaced(before, "summary", "New.", REVISION, [new])
    assert [(one.part, one.supported) for one in after.claims] == [
        ("quiz", False), ("summary", True),
    ]  # fmt: skip


def test_every_part_is_a_field_of_a_lesson() -> None:
    assert set(PARTS) <= set(LessonPackage.model_fields)


def test_a_quote_counts_when_it_stands_in_the_passage() -> None:
    assert supported(claim(quote="water turns into vapour"))
    assert supported(claim(quote='we call this "evaporation"'))


@pytest.mark.parametrize(
    "fields",
    [
        {"quote": "water turns into steam"},
        {"quote": "when it"},
        {"quote": ""},
        {"quote": "water turns into vapour", "passage": "p2"},
        {"quote": "water turns into vapour", "source": "s2"},
        {"quote": "something else entirely", "supported": True},
    ],
    ids=["invented", "too short", "none", "no passage", "no source", "says so itself"],
)
def test_a_claim_without_its_words_is_marked(fields: dict[str, Any]) -> None:
    assert not supported(claim(**fields))


def test_only_cited_passages_stay_with_a_lesson() -> None:
    more = SOURCE.model_copy(update={"passages": [*SOURCE.passages, Passage(id="p2", text="x")]})
    assert claims.cited([claim()], [more]) == [SOURCE]


def test_a_lesson_of_the_first_format_is_lifted() -> None:
    old = made.fields()
    old["schema_version"] = 1
    del old["sources"], old["claims"], old["provenance"]["revisions"]
    assert package.load(old) == made.fractions()
