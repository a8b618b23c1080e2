"""Topics of mathematics: every number is drawn by chance, and every answer computed from it."""

from desktop.lessons.templates import facts
from desktop.lessons.templates.mathematics import (
    algebra,
    data,
    fractions,
    functions,
    geometry,
    numbers_between,
    whole_numbers,
)
from desktop.lessons.templates.topic import Source, Topic

SOURCES: dict[str, tuple[Source, ...]] = {
    "add_subtract_20": whole_numbers.ADD_SUBTRACT_20,
    "place_value": whole_numbers.PLACE_VALUE,
    "multiplication": whole_numbers.MULTIPLICATION,
    "fractions_number_line": fractions.FRACTIONS,
    "area_perimeter": geometry.AREA_PERIMETER,
    "decimals": numbers_between.DECIMALS,
    "ratios": numbers_between.RATIOS,
    "integers": numbers_between.INTEGERS,
    "linear_equations": algebra.LINEAR_EQUATIONS,
    "statistics": data.STATISTICS,
    "pythagoras": geometry.PYTHAGORAS,
    "slope": algebra.SLOPE,
    "quadratics": algebra.QUADRATICS,
    "exponents_logs": functions.EXPONENTS_LOGS,
    "trigonometry": geometry.TRIGONOMETRY,
    "derivatives": functions.DERIVATIVES,
}
"""What draws the questions of each topic."""


def topics() -> tuple[Topic, ...]:
    """The topics of mathematics, by grade and then by name."""
    return facts.parametric("mathematics", SOURCES)
