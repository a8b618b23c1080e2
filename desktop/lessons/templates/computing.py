"""Topics of computing: facts from their files, and binary numbers drawn by chance."""

import random

from desktop.lessons.templates import facts
from desktop.lessons.templates.topic import Draft, Topic, choose, judge, order, write


def _largest(grade: int) -> int:
    """The numbers grow with the grade: four bits at first, eight in the end."""
    return 15 if grade <= 5 else 63 if grade <= 7 else 255


def _sum(number: int) -> str:
    """`8 + 2 + 1` for 11."""
    places = range(number.bit_length() - 1, -1, -1)
    return " + ".join(str(1 << place) for place in places if number >> place & 1)


def _to_decimal(chance: random.Random, grade: int) -> Draft:
    number = chance.randint(4, _largest(grade))
    backwards = int(f"{number:b}"[::-1], 2)
    # Read from the wrong end, count the ones, read as decimal, off by the last place.
    wrong = [backwards, number.bit_count(), int(f"{number:b}"), number ^ 1, number + 2]
    why = f"The places with a 1 are worth {_sum(number)} = {number}."
    return choose(2, f"Which decimal number is binary {number:b}?", number, wrong, why)


def _to_binary(chance: random.Random, grade: int) -> Draft:
    number = chance.randint(4, _largest(grade))
    why = f"{number} = {_sum(number)}, so it is {number:b}."
    return write(3, f"Write {number} as a binary number.", f"{number:b}", why)


def _place(chance: random.Random, grade: int) -> Draft:
    place = chance.randint(2, 5 if grade <= 7 else 8)
    worth = 1 << place - 1
    # Counting by ones, by tens, and one place off.
    wrong = [place, 10 ** (place - 1), worth * 2, worth // 2]
    why = f"From the right the places are worth 1, 2, 4 and so on: place {place} is worth {worth}."
    return choose(1, f"What is place {place} from the right worth in binary?", worth, wrong, why)


def _values(chance: random.Random, grade: int) -> Draft:
    bits = chance.randint(2, 5 if grade <= 7 else 10)
    count = 1 << bits
    why = f"Each bit doubles the count: {bits} bits show {count} values, 0 to {count - 1}."
    return choose(3, f"How many different values can {bits} bits show?", count,
                  [count - 1, 2 * bits, bits * bits, count * 2], why)  # fmt: skip


def _odd(chance: random.Random, grade: int) -> Draft:
    number = chance.randint(4, _largest(grade))
    truth = number % 2 == 1
    why = f"Only the last place is worth 1, and it is {number % 2}: the number is {number}."
    return judge(1, f"Binary {number:b} is an odd number.", truth, why)


def _in_order(chance: random.Random, grade: int) -> Draft:
    numbers = sorted(chance.sample(range(2, _largest(grade) + 1), 4))
    shown = [f"{number:b}" for number in numbers]
    why = f"As decimal numbers they are {', '.join(map(str, numbers))}."
    first = chance.sample(shown, 4)
    return order(2, f"Put {', '.join(first)} in order, smallest first.", shown, why)


SOURCES = {"binary_numbers": (_place, _to_decimal, _to_binary, _odd, _in_order, _values)}


def topics() -> tuple[Topic, ...]:
    """The topics of computing, by grade and then by name."""
    found = (*facts.topics("computing"), *facts.parametric("computing", SOURCES))
    return tuple(sorted(found, key=lambda topic: (topic.grades, topic.id)))
