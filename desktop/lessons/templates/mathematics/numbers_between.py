"""Numbers between and below the whole ones: decimals, ratios and percentages, integers."""

import random
from fractions import Fraction

from desktop.lessons.templates.topic import Draft, choose, judge, order, write


def _hundredths(number: int) -> str:
    """A number of hundredths as a decimal: 347 is 3.47, 350 is 3.5."""
    return f"{number // 100}.{number % 100:02d}".rstrip("0").rstrip(".")


def _tenths_digit(chance: random.Random, _grade: int) -> Draft:
    ones, tenths, hundredths = chance.sample(range(1, 10), 3)
    return choose(
        1,
        f"Which digit is in the tenths place of {ones}.{tenths}{hundredths}?",
        tenths,
        [ones, hundredths, 0],
        f"The tenths are the first place right of the point: {tenths}.",
    )


def _compare_decimals(chance: random.Random, _grade: int) -> Draft:
    whole, tenth = chance.randint(0, 9), chance.randint(3, 9)
    longer = f"{whole}.{chance.randint(1, tenth - 1)}{chance.randint(1, 9)}"
    return choose(
        2,
        f"Which is larger: {whole}.{tenth} or {longer}?",
        f"{whole}.{tenth}",
        [longer, "they are equal"],
        f"Compare the tenths first: {tenth} tenths are more. A longer number is not a larger one.",
    )


def _add_decimals(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.randint(105, 899), 10 * chance.randint(11, 79)
    wrong = [_hundredths(a + b // 10), _hundredths(a + b + 100), _hundredths(a + b + 10)]
    return choose(
        2,
        f"What is {_hundredths(a)} + {_hundredths(b)}?",
        _hundredths(a + b),
        wrong,
        f"Write point below point: the sum is {_hundredths(a + b)}.",
    )


def _fraction_to_decimal(chance: random.Random, _grade: int) -> Draft:
    top, below = chance.choice(((1, 2), (1, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5), (1, 10),
                                (3, 10), (7, 10), (9, 10), (1, 20), (7, 20)))  # fmt: skip
    value = _hundredths(100 * top // below)
    return write(
        2,
        f"Write {top}/{below} as a decimal.",
        value,
        f"{top}/{below} is {100 * top // below}/100, which is {value}.",
        value.removeprefix("0"),
        f"{value}0",
    )


def _subtract_decimals(chance: random.Random, _grade: int) -> Draft:
    b = chance.randint(105, 450)
    a = b + chance.randint(101, 450)
    return write(
        3,
        f"What is {_hundredths(a)} - {_hundredths(b)}?",
        _hundredths(a - b),
        f"Check: {_hundredths(b)} + {_hundredths(a - b)} = {_hundredths(a)}.",
        f"{(a - b) / 100:.2f}",
    )


def _sort_decimals(chance: random.Random, _grade: int) -> Draft:
    whole = chance.randint(0, 9) * 100
    values = sorted(chance.sample(range(5, 96, 3), 4))
    return order(
        3,
        f"Put these decimals between {whole // 100} and {whole // 100 + 1} in order, smallest "
        "first.",
        [_hundredths(whole + value) for value in values],
        "Compare the tenths, then the hundredths.",
    )


DECIMALS = (_tenths_digit, _compare_decimals, _fraction_to_decimal, _add_decimals,
            _subtract_decimals, _sort_decimals)  # fmt: skip


def _simplify_ratio(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.choice(((2, 3), (3, 4), (1, 4), (2, 5), (3, 5), (5, 6), (1, 3), (3, 7), (4, 5)))
    by = chance.randint(2, 9)
    return choose(
        1,
        f"What is the ratio {a * by} : {b * by} in its simplest form?",
        f"{a} : {b}",
        [f"{b} : {a}", f"{a + 1} : {b + 1}", f"{a} : {a + b}", f"{a * by} : {b}"],
        f"Divide both by {by}: {a} : {b}.",
    )


def _percent_of(chance: random.Random, _grade: int) -> Draft:
    percent, of = chance.choice((5, 10, 15, 20, 25, 30, 40, 50, 75)), 20 * chance.randint(2, 30)
    value = percent * of // 100
    return choose(
        1,
        f"What is {percent}% of {of}?",
        value,
        [of - value if of != 2 * value else of, percent, value * 10, value + 10],
        f"{percent}% is {percent}/100: {of} × {percent} ÷ 100 = {value}.",
    )


def _unit_price(chance: random.Random, _grade: int) -> Draft:
    price, many, wanted = chance.randint(2, 12), chance.randint(2, 9), chance.randint(2, 12)
    while wanted == many:
        wanted = chance.randint(2, 12)
    return write(
        2,
        f"{many} notebooks cost {many * price} dollars. How many dollars do {wanted} notebooks "
        "cost?",
        wanted * price,
        f"One costs {many * price} ÷ {many} = {price}; {wanted} × {price} = {wanted * price}.",
        f"${wanted * price}",
    )


def _discount(chance: random.Random, _grade: int) -> Draft:
    percent, price = chance.choice((10, 20, 25, 30, 40)), 20 * chance.randint(1, 15)
    off = price * percent // 100
    return choose(
        3,
        f"A coat costs {price} dollars. It is reduced by {percent}%. What is the new price?",
        f"{price - off} dollars",
        [f"{off} dollars", f"{price + off} dollars", f"{price - percent} dollars"
         if price > percent and percent != off else f"{price - off + 5} dollars"],
        f"{percent}% of {price} is {off}, and {price} - {off} = {price - off}.",
    )  # fmt: skip


def _proportion(chance: random.Random, _grade: int) -> Draft:
    (a, b), by = chance.sample(range(2, 10), 2), chance.randint(2, 8)
    return write(
        2,
        f"Which number makes the ratios equal? {a} : {b} = {a * by} : __",
        b * by,
        f"{a} × {by} = {a * by}, so {b} × {by} = {b * by}.",
    )


def _up_and_down(chance: random.Random, _grade: int) -> Draft:
    percent = chance.choice((10, 20, 25, 50))
    price = 100 * chance.randint(1, 9)
    now = Fraction(price * (100 + percent) * (100 - percent), 10_000)
    return judge(
        3,
        f"A price of {price} dollars rises by {percent}% and then falls by {percent}%. It is "
        f"{price} dollars again.",
        False,
        f"The fall is taken from the larger price: the result is {float(now):g} dollars.",
    )


RATIOS = (_simplify_ratio, _percent_of, _unit_price, _proportion, _discount, _up_and_down)


def _signed(number: int) -> str:
    return f"({number})" if number < 0 else str(number)


def _add_integers(chance: random.Random, _grade: int) -> Draft:
    a, b = -chance.randint(2, 15), chance.choice((-1, 1)) * chance.randint(2, 15)
    while a == -b:
        a = -chance.randint(2, 15)
    return choose(
        1,
        f"What is {a} + {_signed(b)}?",
        a + b,
        [-(a + b), a - b, abs(a) + abs(b) + 1],
        f"Start at {a} on the number line and go {abs(b)} to the {'right' if b > 0 else 'left'}.",
    )


def _subtract_integers(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.randint(-9, 9), -chance.randint(2, 12)
    return choose(
        2,
        f"What is {a} - {_signed(b)}?",
        a - b,
        [value for value in (a + b, b - a, a - b + 2, a - b - 1) if value != a - b],
        f"Subtracting {b} is adding {-b}: {a} + {-b} = {a - b}.",
    )


def _multiply_integers(chance: random.Random, _grade: int) -> Draft:
    a, b = -chance.randint(2, 12), chance.choice((-1, 1)) * chance.randint(2, 12)
    return write(
        2,
        f"What is {a} × {_signed(b)}?",
        a * b,
        f"{'Equal' if b < 0 else 'Different'} signs give a {'positive' if b < 0 else 'negative'} "
        f"product: {a * b}.",
        f"+{a * b}" if a * b > 0 else f"−{-a * b}",
    )


def _absolute(chance: random.Random, _grade: int) -> Draft:
    a = chance.randint(2, 60)
    return choose(
        1,
        f"What is the absolute value of -{a}?",
        a,
        [-a, 0, 2 * a],
        f"-{a} lies {a} away from zero.",
    )


def _compare_integers(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.sample(range(2, 40), 2)
    return judge(
        2,
        f"-{a} is greater than -{b}.",
        a < b,
        f"On the number line -{min(a, b)} lies to the right of -{max(a, b)}, so it is greater.",
    )


def _temperatures(chance: random.Random, _grade: int) -> Draft:
    night, rise = -chance.randint(2, 15), chance.randint(3, 20)
    return write(
        3,
        f"At night it was {night} °C. By noon it was {rise} degrees warmer. How many °C was it at "
        "noon?",
        night + rise,
        f"{night} + {rise} = {night + rise}.",
        f"{night + rise} °C",
    )


def _sort_integers(chance: random.Random, _grade: int) -> Draft:
    numbers = sorted(chance.sample(range(-20, 11), 5))
    return order(
        3,
        f"Put these integers in order, smallest first. (Check: their sum is {sum(numbers)}.)",
        numbers,
        "The further left on the number line, the smaller.",
    )


INTEGERS = (_add_integers, _absolute, _subtract_integers, _multiply_integers, _compare_integers,
            _temperatures, _sort_integers)  # fmt: skip
