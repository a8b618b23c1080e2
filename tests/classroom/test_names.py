"""Names stand where people look for them."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.classroom.names import in_order


def test_numbers_in_names_count_by_their_size() -> None:
    names = ["Math 10A", "math 9b", "Class 10", "Class 2", "class 1", "Math 9A", "2b", "10a"]
    assert sorted(names, key=in_order) == [
        "2b", "10a", "class 1", "Class 2", "Class 10", "Math 9A", "math 9b", "Math 10A",
    ]  # fmt: skip


@given(st.lists(st.text(alphabet="aB ²٣①09-", max_size=6)))
def test_any_names_can_be_compared(names: list[str]) -> None:
    keys = [in_order(name) for name in sorted(names, key=in_order)]
    assert all(first <= second for first, second in itertools.pairwise(keys))
