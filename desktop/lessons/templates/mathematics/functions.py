"""Powers and logarithms, and derivatives."""

import random

from desktop.lessons.templates.mathematics.algebra import times
from desktop.lessons.templates.topic import Draft, choose, judge, match, write

POWERS = "⁰¹²³⁴⁵⁶⁷⁸⁹"


def _power(letter: str, exponent: int) -> str:
    return letter if exponent == 1 else letter + "".join(POWERS[int(one)] for one in str(exponent))


def _power_value(chance: random.Random, _grade: int) -> Draft:
    base, exponent = chance.choice(((2, 3), (2, 4), (2, 5), (2, 6), (3, 3), (3, 4), (4, 3), (5, 3),
                                    (10, 3), (10, 4)))  # fmt: skip
    value = base**exponent
    return choose(
        1,
        f"What is the value of {_power(str(base), exponent)}?",
        value,
        [base * exponent, value + base, value // base, exponent**base],
        f"{base} as a factor {exponent} times: {value}.",
    )


def _exponent_laws(chance: random.Random, _grade: int) -> Draft:
    a, b = chance.randint(4, 9), chance.randint(2, 3)
    kind = chance.choice(("product", "quotient", "power"))
    x, first, second = "x", _power("x", a), _power("x", b)
    asked, right = {
        "product": (f"{first} · {second}", a + b),
        "quotient": (f"{first} ÷ {second}", a - b),
        "power": (f"({first}){POWERS[b]}", a * b),
    }[kind]
    others = [_power(x, value) for value in (a + b, a * b, a - b, a + b + 1) if value != right]
    return choose(
        2,
        f"Which is the same as {asked}?",
        _power(x, right),
        others,
        "Multiplying adds the exponents, dividing subtracts them, and a power of a power "
        f"multiplies them: {_power(x, right)}.",
    )


def _logarithm(chance: random.Random, _grade: int) -> Draft:
    base, exponent = chance.choice((2, 3, 4, 5, 10)), chance.randint(1, 4)
    value = base**exponent
    return write(
        2,
        f"What is the logarithm of {value} to base {base}?",
        exponent,
        f"{_power(str(base), exponent)} = {value}, so the logarithm is {exponent}.",
    )


def _doubling(chance: random.Random, _grade: int) -> Draft:
    start, hours = chance.randint(2, 20), chance.randint(3, 6)
    end = start * 2**hours
    return choose(
        3,
        f"A culture of {start} bacteria doubles every hour. How many are there after {hours} "
        "hours?",
        end,
        [start * 2 * hours, start + 2**hours, end * 2, end // 2],
        f"{start} × {_power('2', hours)} = {start} × {2**hours} = {end}.",
    )


def _log_equation(chance: random.Random, _grade: int) -> Draft:
    base, exponent = chance.choice((2, 3, 5)), chance.randint(2, 5)
    return write(
        3,
        f"Solve for x: {base}ˣ = {base**exponent}",
        exponent,
        f"{base**exponent} = {_power(str(base), exponent)}, so x = {exponent}.",
        f"x = {exponent}",
    )


def _zero_power(chance: random.Random, _grade: int) -> Draft:
    base, said = chance.randint(2, 99), chance.choice((0, 1))
    return judge(
        1, f"{base}⁰ = {said}", said == 1, "Any number except 0 to the power 0 is 1.",
    )  # fmt: skip


EXPONENTS_LOGS = (_power_value, _zero_power, _exponent_laws, _logarithm, _doubling, _log_equation)


def _power_rule(chance: random.Random, _grade: int) -> Draft:
    a, n = chance.randint(2, 7), chance.randint(3, 6)
    term = f"{a}{_power('x', n)}"
    return choose(
        1,
        f"What is the derivative of {term}?",
        f"{a * n}{_power('x', n - 1)}",
        [f"{a * n}{_power('x', n)}", f"{a}{_power('x', n - 1)}", f"{a + n}{_power('x', n - 1)}"],
        f"Bring down the exponent and lower it by one: {a} · {n} = {a * n}.",
    )


def _polynomial(chance: random.Random, _grade: int) -> Draft:
    a, b, c = chance.randint(2, 6), chance.randint(2, 9), chance.randint(1, 9)
    return choose(
        2,
        f"What is the derivative of {a}x³ + {b}x² + {c}?",
        f"{3 * a}x² + {2 * b}x",
        [f"{3 * a}x² + {2 * b}x + {c}", f"{a}x² + {b}x", f"{3 * a}x³ + {2 * b}x²"],
        "Differentiate term by term; the constant becomes 0.",
    )


def _slope_at(chance: random.Random, _grade: int) -> Draft:
    a, b, x = chance.randint(1, 5), chance.randint(1, 9), chance.randint(1, 6)
    value = 2 * a * x + b
    return write(
        2,
        f"What is the slope of y = {times(a, 'x²')} + {times(b, 'x')} at x = {x}?",
        value,
        f"y' = {2 * a}x + {b}; at x = {x} that is {value}.",
    )


def _lowest_point(chance: random.Random, _grade: int) -> Draft:
    x, a, c = chance.randint(1, 8), chance.randint(1, 4), chance.randint(1, 9)
    b = 2 * a * x
    return choose(
        3,
        f"At which x has y = {times(a, 'x²')} - {b}x + {c} its lowest point?",
        f"x = {x}",
        [f"x = {-x}", f"x = {2 * x}", f"x = {b}", f"x = {c + 20}"],
        f"y' = {2 * a}x - {b} = 0 gives x = {x}.",
    )


def _constant_rule(chance: random.Random, _grade: int) -> Draft:
    number = chance.randint(2, 99)
    said = chance.choice((0, number))
    return judge(
        1,
        f"The derivative of the constant function y = {number} is {said}.",
        said == 0,
        "A constant does not change, so its derivative is 0.",
    )


def _pairs(chance: random.Random, _grade: int) -> Draft:
    table = [("x²", "2x"), ("x³", "3x²"), ("5x", "5"), ("x⁴", "4x³"), ("sin x", "cos x"),
             ("eˣ", "eˣ"), ("2x³", "6x²"), ("3x²", "6x")]  # fmt: skip
    pairs = chance.sample(table, 4)
    return match(
        3,
        f"Match each function with its derivative: {', '.join(name for name, _ in pairs)}.",
        pairs,
        "; ".join(f"({name})' = {value}" for name, value in pairs) + ".",
    )


DERIVATIVES = (_power_rule, _constant_rule, _polynomial, _slope_at, _lowest_point, _pairs)
