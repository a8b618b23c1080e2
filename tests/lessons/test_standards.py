"""A code is shown as a fact only when it stands in a published list."""

import pytest

from desktop.lessons import package, standards
from desktop.lessons.schema import Standard
from tests.lessons import made


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("4.NF.B.3a", "4.NF.B.3a"),
        ("CCSS.MATH.CONTENT.4.NF.B.3.A", "4.NF.B.3a"),
        ("hsa-rei.b.3", "HSA.REI.B.3"),
        ("CCSS.ELA-LITERACY.RL.9-10.2", "RL.9-10.2"),
        (" NGSS MS-LS2-1", "MS-LS2-1"),
        ("K-2-ETS1-1", "K-2-ETS1-1"),
    ],
)
def test_a_code_is_found_however_it_is_written(written: str, code: str) -> None:
    listed = standards.find(written)
    assert listed is not None
    assert listed.code == code
    assert listed.source.startswith("https://")


@pytest.mark.parametrize("code", ["4.NF.B.9", "4.NF.B.3z", "RL.4.8", "MS-LS5-1", "", "the fourth"])
def test_a_code_of_no_list_is_not_found(code: str) -> None:
    assert standards.find(code) is None


def test_the_lists_have_what_their_publishers_count() -> None:
    codes = standards.published()
    assert sum(code.startswith("MS-") for code in codes) == 59
    assert sum(code.startswith("HS-") for code in codes) == 71
    assert (
        len([code for code in codes if code.startswith("4.")]) == 28 + 9
    )  # letters: 3a-d, 4a-c, 5ab
    assert len(codes) == len(set(codes))


def test_a_file_that_calls_its_own_code_verified_is_not_believed() -> None:
    fields = made.fields()
    fields["standards"] = [
        {"code": "4.NF.Z.99", "description": "Trust me", "verified": True},
        {"code": "4.NF.A.2", "description": "", "verified": False},
    ]
    invented, real = package.load(fields).standards
    assert (invented.verified, real.verified) == (False, True)
    assert real.description == "Mathematics: fractions, grade 4"


def test_the_words_of_a_teacher_stay() -> None:
    marked = standards.mark(Standard(code="4.NF.A.2", description="Comparing, our unit 3"))
    assert (marked.description, marked.verified) == ("Comparing, our unit 3", True)
