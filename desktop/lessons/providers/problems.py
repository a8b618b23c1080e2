"""What can go wrong with a provider, each with what a teacher can do about it."""

from typing import ClassVar

from desktop.errors import CompanionError, WrongUse
from desktop.sentences import say


class ProviderProblem(CompanionError):
    """Something about the provider. `retryable`: trying again later may help."""

    retryable: ClassVar[bool] = False


class ProviderNotSetUp(ProviderProblem, WrongUse):
    """No provider of that name, or something is missing in its settings."""


class KeyRefused(ProviderProblem):
    """The provider does not accept the key (401), or the key may not use the model (403)."""


class ModelUnknown(ProviderProblem):
    """The provider has no such model, or nothing is at that address (404)."""


class PaymentNeeded(ProviderProblem):
    """The account with the provider has no credit left."""


class Hurried(ProviderProblem):
    """The provider asks to wait (429), and went on asking."""

    retryable = True


class ProviderDown(ProviderProblem):
    """The provider cannot be reached, or answers with a fault of its own (5xx)."""

    retryable = True


class ProviderSilent(ProviderProblem):
    """Nothing came for too long."""

    retryable = True


class CutOff(ProviderProblem):
    """The answer stopped in the middle."""

    retryable = True


class Declined(ProviderProblem):
    """The model refuses to write about this."""


class NotUsable(ProviderProblem):
    """The model's answers break the rules of a lesson, also after being told."""

    retryable = True


class TooLong(ProviderProblem):
    """The answer went on without an end."""

    retryable = True


class OverBudget(ProviderProblem):
    """The lesson would use more than was allowed."""


class NothingSent(ProviderProblem):
    """The provider says it is done, and sent no lesson."""


def key_refused(host: str, *, allowed: bool) -> KeyRefused:
    """401: the key is wrong; 403: the key is right, and may not do this."""
    return KeyRefused(
        say("The AI provider at {host} does not let this key use the model.", host=host)
        if allowed
        else say("The AI provider at {host} does not accept the key.", host=host),
        mend=say("Look at the key in Settings, AI provider, and try it there."),
    )


def model_unknown(host: str, model: str) -> ModelUnknown:
    """404."""
    return ModelUnknown(
        say(
            "The AI provider at {host} has no model '{model}', or its address is not complete.",
            host=host,
            model=model,
        ),
        mend=say("Choose one of its models in Settings, AI provider. Most addresses end in /v1."),
    )


def down(host: str, status: int | None = None) -> ProviderDown:
    """Out of reach, or a fault of the provider's own."""
    return ProviderDown(
        say(
            "The AI provider at {host} has a fault of its own ({status}).", host=host, status=status
        )
        if status
        else say("The AI provider at {host} cannot be reached.", host=host),
        mend=say("What is done so far is kept. Go on later, or make the lesson from a template."),
    )


def hurried(host: str, retry_after_s: float | None) -> Hurried:
    """429 until the end of our patience."""
    return Hurried(
        say("The AI provider at {host} has too much to do for this key just now.", host=host),
        mend=say(
            "What is done so far is kept. Go on in about {minutes} min.",
            minutes=max(1, round(retry_after_s / 60)),
        )
        if retry_after_s
        else say("What is done so far is kept. Go on later."),
    )


def silent(host: str, seconds: float) -> ProviderSilent:
    """A time-out of ours."""
    return ProviderSilent(
        say(
            "The AI provider at {host} has said nothing for {seconds:.0f} seconds.",
            host=host,
            seconds=seconds,
        ),
        mend=say("What is done so far is kept. Go on later, or choose a faster model."),
    )


def too_slow(host: str, seconds: float) -> ProviderSilent:
    """The time for one run is over."""
    return ProviderSilent(
        say(
            "The AI provider at {host} did not finish the lesson within {minutes:.0f} minutes.",
            host=host,
            minutes=seconds / 60,
        ),
        mend=say("What is done so far is kept. Go on from there, or choose a faster model."),
    )


def cut_off(host: str) -> CutOff:
    """The stream broke."""
    return CutOff(
        say("The answer of the AI provider at {host} stopped in the middle.", host=host),
        mend=say("What was finished before is kept. Go on from there."),
    )
