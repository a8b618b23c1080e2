"""Whole numbers: adding to 20, place value, multiplying and dividing."""

import random

from desktop.lessons.templates.topic import Draft, choose, judge, order, write

NAMES = ("Ana", "Ben", "Chloe", "Diego", "Emre", "Fatima", "Grace", "Hugo", "Imani", "Jun")
THINGS = ("apples", "stickers", "shells", "marbles", "books", "pencils")


def _add(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.randint(2, 10), chance.randint(2, 9)
    return choose(
        1,
        f"What is {a} + {b}?",
        a + b,
        [a + b - 1, a + b + 1, abs(a - b), a + b + 10],
        f"Start at {a} and count {b} more: {a + b}.",
    )


def _take_away(chance: random.Random, _grade: int) -> Draft:
    b, rest = chance.randint(2, 9), chance.randint(1, 10)
    return write(
        1, f"What is {b + rest} - {b}?", rest, f"{rest} + {b} = {b + rest}, so {rest} is left."
    )


def _make_ten(chance: random.Random, _grade: int) -> Draft:
    a = chance.randint(1, 9)
    return write(2, f"{a} and how many more make 10?", 10 - a, f"{a} + {10 - a} = 10.")


def _story(chance: random.Random, _grade: int) -> Draft:
    name, thing = chance.choice(NAMES), chance.choice(THINGS)
    a, b = chance.randint(8, 15), chance.randint(2, 7)
    return choose(
        3,
        f"{name} has {a} {thing} and gives {b} away. How many are left?",
        a - b,
        [a + b, a - b + 1, a - b - 1, b],
        f"Giving away takes away: {a} - {b} = {a - b}.",
    )


def _is_it_equal(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.randint(2, 9), chance.randint(2, 9)
    said = a + b + chance.choice((0, 0, 1, -1))
    return judge(2, f"{a} + {b} = {said}", said == a + b, f"{a} + {b} is {a + b}.")


def _count_on(chance: random.Random, _grade: int) -> Draft:
    start = chance.randint(1, 15)
    numbers = [start + step for step in range(4)]
    return order(
        2,
        f"Count on: put these numbers in order, beginning with {start}.",
        numbers,
        "Each number is one more than the one before.",
    )


ADD_SUBTRACT_20 = (_add, _take_away, _make_ten, _is_it_equal, _story, _count_on)


def _number(chance: random.Random, grade: int) -> int:
    lowest, highest = {1: (11, 99), 2: (101, 999), 3: (101, 999)}.get(grade, (1_001, 9_999))
    while True:
        number = chance.randint(lowest, highest)
        digits = str(number)
        if "0" not in digits and len(set(digits)) == len(digits):
            return number


def _digit_worth(chance: random.Random, grade: int) -> Draft:
    digits = str(_number(chance, max(grade, 1)))
    place = chance.randrange(len(digits) - 1)
    digit, worth = int(digits[place]), int(digits[place]) * 10 ** (len(digits) - 1 - place)
    return choose(
        1,
        f"What is the digit {digit} worth in {digits}?",
        worth,
        [digit, worth * 10, worth // 10 if worth // 10 != digit else worth * 100, worth + digit],
        f"Its place makes it worth {worth}.",
    )


def _put_together(chance: random.Random, grade: int) -> Draft:
    number = _number(chance, max(grade, 1))
    digits = str(number)
    parts = [int(digit) * 10 ** (len(digits) - 1 - at) for at, digit in enumerate(digits)]
    return write(
        2,
        f"Which number is {' + '.join(map(str, parts))}?",
        number,
        f"Put each digit in its place: {number}.",
        f"{number:,}",
    )


def _tens_and_ones(chance: random.Random, _grade: int) -> Draft:
    tens, ones = chance.randint(2, 9), chance.randint(1, 9)
    while ones == tens:
        ones = chance.randint(1, 9)
    return choose(
        1,
        f"Which number has {tens} tens and {ones} ones?",
        10 * tens + ones,
        [10 * ones + tens, tens + ones, 100 * tens + ones],
        f"{tens} tens are {10 * tens}, and {ones} ones make {10 * tens + ones}.",
    )


def _round_ten(chance: random.Random, _grade: int) -> Draft:
    number = chance.randint(11, 989)
    while number % 10 == 0:
        number = chance.randint(11, 989)
    down = number // 10 * 10
    near, far = (down + 10, down) if number % 10 >= 5 else (down, down + 10)
    return choose(
        3,
        f"What is {number} rounded to the nearest ten?",
        near,
        [far, near + 20, down - 20 if down > 20 else near + 40],
        f"{number} lies between {down} and {down + 10}; the ones digit {number % 10} "
        f"{'is 5 or more: up' if number % 10 >= 5 else 'is less than 5: down'}.",
    )


def _larger(chance: random.Random, grade: int) -> Draft:
    first, second = _number(chance, max(grade, 1)), _number(chance, max(grade, 1))
    while second == first:
        second = _number(chance, max(grade, 1))
    return judge(
        2,
        f"{first} is more than {second}.",
        first > second,
        f"Compare from the left: {max(first, second)} is the larger number.",
    )


def _sort_numbers(chance: random.Random, grade: int) -> Draft:
    numbers = sorted({_number(chance, max(grade, 1)) for _ in range(8)})[:4]
    return (
        order(
            3,
            "Put these numbers in order from smallest to largest: look at the highest place first.",
            numbers,
            f"In order: {', '.join(map(str, numbers))}.",
        )
        if len(numbers) == 4
        else _round_ten(chance, grade)
    )


PLACE_VALUE = (_tens_and_ones, _digit_worth, _put_together, _larger, _round_ten, _sort_numbers)


def _factors(chance: random.Random, grade: int) -> tuple[int, int]:
    highest = {2: 5, 3: 9}.get(grade, 12)
    return chance.randint(2, highest), chance.randint(3, 10 if grade < 5 else 25)


def _multiply(chance: random.Random, grade: int) -> Draft:
    a, b = _factors(chance, grade)
    return choose(
        1,
        f"What is {a} × {b}?",
        a * b,
        [a * b + a, a * b - b, a + b, a * b + 1],
        f"{a} groups of {b} are {a * b}.",
    )


def _divide(chance: random.Random, grade: int) -> Draft:
    a, b = _factors(chance, grade)
    return write(1, f"What is {a * b} ÷ {a}?", b, f"{a} × {b} = {a * b}, so {a * b} ÷ {a} = {b}.")


def _groups(chance: random.Random, grade: int) -> Draft:
    a, b = _factors(chance, grade)
    name, thing = chance.choice(NAMES), chance.choice(THINGS)
    return choose(
        2,
        f"{name} fills {a} boxes with {b} {thing} each. How many {thing} are there?",
        a * b,
        [a + b, a * b + b, a * b - a, b],
        f"{a} equal groups of {b}: {a} × {b} = {a * b}.",
    )


def _unknown_factor(chance: random.Random, grade: int) -> Draft:
    a, b = _factors(chance, grade)
    return write(
        2,
        f"Which number goes in the gap? {a} × __ = {a * b}",
        b,
        f"{a * b} ÷ {a} = {b}.",
    )


def _remainder(chance: random.Random, grade: int) -> Draft:
    by, often = chance.randint(3, 9), chance.randint(2, 9 if grade < 5 else 25)
    rest = chance.randint(1, by - 1)
    total = by * often + rest
    return choose(
        3,
        f"{total} children form teams of {by}. How many full teams are there, and how many "
        "children are left over?",
        f"{often} teams, {rest} left over",
        [
            f"{often + 1} teams, {rest} left over",
            f"{often} teams, {rest + 1} left over",
            f"{often - 1} teams, {rest} left over",
        ],
        f"{by} × {often} = {by * often}, and {total} - {by * often} = {rest}.",
    )


def _turned_round(chance: random.Random, grade: int) -> Draft:
    a, b = _factors(chance, grade)
    c = b + chance.choice((0, 1))
    return judge(
        2,
        f"{a} × {b} gives the same as {c} × {a}.",
        c == b,
        f"{a} × {b} = {a * b} and {c} × {a} = {a * c}. The order does not matter, the factors do.",
    )


MULTIPLICATION = (_multiply, _divide, _groups, _unknown_factor, _turned_round, _remainder)
