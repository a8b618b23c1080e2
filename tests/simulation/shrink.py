"""Makes a failing script as short as it gets: fewer steps, fairer weather, fewer deaths."""

from collections.abc import Callable
from dataclasses import replace

from tests.simulation.script import Script, Step
from tests.simulation.world import Ground, Outcome, World


def least(under: Ground, script: Script) -> str:
    """The least script that still breaks the same promise, with what it breaks, in words."""
    promise = _promise(_run(under, script))
    smaller = reduce(script, lambda one: _promise(_run(under, one)) == promise)
    outcome = World(under, smaller, tell=True).run()
    return "\n".join((str(smaller), "->", *outcome.broken))


def _run(under: Ground, script: Script) -> Outcome:
    return World(under, script).run()


def _promise(outcome: Outcome) -> str:
    return outcome.broken[0].partition(":")[0] if outcome.broken else ""


def reduce(script: Script, fails: Callable[[Script], bool]) -> Script:
    """Delta debugging (Zeller and Hildebrandt, 2002): drop halves, quarters, ... single steps.

    Afterwards each step is tried without its weather and its death.
    """
    size = max(len(script.steps) // 2, 1)
    while True:
        dropped = _drop(script, size, fails)
        if len(dropped.steps) == len(script.steps) and size == 1:
            break
        script, size = dropped, max(size // 2, 1)
    for place in range(len(script.steps)):
        for calmer in (_undying, _fair, _fairer):
            tried = _with(script, place, calmer(script.steps[place]))
            if tried != script and fails(tried):
                script = tried
    return script


def _drop(script: Script, size: int, fails: Callable[[Script], bool]) -> Script:
    at = 0
    while at < len(script.steps):
        tried = replace(script, steps=script.steps[:at] + script.steps[at + size :])
        if fails(tried):
            script = tried
        else:
            at += size
    return script


def _undying(step: Step) -> Step:
    return replace(step, dies_after=None)


def _fair(step: Step) -> Step:
    return replace(step, weather=())


def _fairer(step: Step) -> Step:
    return replace(step, weather=step.weather[:1])


def _with(script: Script, place: int, step: Step) -> Script:
    return replace(script, steps=(*script.steps[:place], step, *script.steps[place + 1 :]))
