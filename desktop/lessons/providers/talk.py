"""One structured question to a model: streamed, timed, paid for, and put right at most twice."""

import asyncio
import contextlib
from collections.abc import AsyncGenerator, AsyncIterator
from typing import TYPE_CHECKING, Any

from desktop.lessons.providers import Delta, Usage, drafts, models, prices, problems, prompts
from desktop.lessons.providers.config import ProviderConfig
from desktop.lessons.providers.drafts import Check, Form, InvalidDraft
from desktop.sentences import say

if TYPE_CHECKING:
    from pydantic_ai.messages import ModelMessage, ModelResponse
    from pydantic_ai.models import ModelRequestParameters, StreamedResponse
    from pydantic_ai.output import OutputObjectDefinition

JsonSchema = dict[str, Any]
REPAIRS = 2
"""How often a model is told what is wrong with its answer."""
MOST_CHARACTERS = 200_000
"""Of one answer: a model that runs away is stopped."""
MOST_TOKENS = 16_000
"""Asked for at once; the budget may leave less."""
LEAST_TOKENS = 500
LETTERS_A_TOKEN = 4
"""For providers that tell no usage: an estimate keeps the budget."""


class Talk:
    """Asks one model, and keeps count of what it takes."""

    def __init__(self, opened: models.OpenModel, config: ProviderConfig, used: Usage) -> None:
        self._model = opened.model
        self._config = config
        self.used = used
        self._ends = asyncio.get_running_loop().time() + config.limits.whole_s
        self._native = bool(self._model.profile.get("supports_json_schema_output", False))

    async def ask(
        self,
        stage: str,
        prompt: str,
        form: type[Form],
        check: Check,
        schema: JsonSchema | None = None,
    ) -> AsyncGenerator[Delta | Usage | Form, None]:
        """Ask until the form is filled in well; it is the last thing yielded.

        The model is shown `schema`, which may be narrower than the form's own.

        Raises:
            ProviderProblem: what went wrong, and what to do.
        """
        from pydantic_ai.messages import ModelRequest, SystemPromptPart, UserPromptPart

        asked: list[ModelMessage] = [
            ModelRequest([SystemPromptPart(prompts.system()), UserPromptPart(prompt)])
        ]
        sentences: list[str] = []
        output = _output(form, schema)
        for attempt in range(1, REPAIRS + 2):
            self._keep_to_the_budget()
            answer = ""
            async for piece in self._stream(asked, output):
                if isinstance(piece, str):
                    answer += piece
                    yield Delta(stage, piece, attempt)
                else:
                    asked.append(piece)
            yield self.used
            try:
                yield drafts.read(answer, form, check)
            except InvalidDraft as invalid:
                sentences = invalid.sentences
            else:
                return
            asked.append(ModelRequest([UserPromptPart(prompts.repair(sentences))]))
        raise problems.NotUsable(
            say(
                "The model '{model}' did not manage this lesson, also after being told "
                "what was wrong: {sentences}",
                model=self._config.model,
                sentences=sentences[0],
            ),
            mend=say("What was finished before is kept. Try again, or choose a larger model."),
        )

    def _keep_to_the_budget(self) -> None:
        limits, used = self._config.limits, self.used
        spent = used.cost is not None and used.cost >= limits.cost
        if spent or limits.tokens - used.tokens < LEAST_TOKENS:
            words = f"{used.tokens:,} tokens"
            words += f", {used.cost:.2f} US dollars" if used.cost else ""
            raise problems.OverBudget(
                say("This lesson has used what one lesson may use ({words}).", words=words),
                mend=say(
                    "What is done so far is kept. Raise the limit in Settings, AI provider, or "
                    "make the lesson from a template."
                ),
            )

    async def _stream(
        self, asked: "list[ModelMessage]", output: "OutputObjectDefinition"
    ) -> "AsyncGenerator[str | ModelResponse, None]":
        """The text as it comes, then the whole answer."""
        from pydantic_ai.exceptions import AgentRunError, ModelRequestRejectedError

        begun = False
        try:
            async for piece in self._once(asked, output):
                begun = True
                yield piece
        except ModelRequestRejectedError as refused:
            # Some servers know no schema: they get it in the words of the question instead.
            if not self._native or getattr(refused, "status_code", 0) not in (400, 422, 501):
                raise _problem(refused, self._config, begun=begun) from refused
            self._native = False
            async for piece in self._stream(asked, output):
                yield piece
        except AgentRunError as error:
            raise _problem(error, self._config, begun=begun) from error

    async def _once(
        self, asked: "list[ModelMessage]", output: "OutputObjectDefinition"
    ) -> "AsyncGenerator[str | ModelResponse, None]":
        from pydantic_ai.direct import model_request_stream
        from pydantic_ai.messages import PartDeltaEvent, PartStartEvent, TextPart, TextPartDelta

        left = self._config.limits.tokens - self.used.tokens
        letters = 0
        async with contextlib.AsyncExitStack() as stack:
            stream = await self._in_time(
                stack.enter_async_context(
                    model_request_stream(
                        self._model,
                        asked,
                        model_settings={"max_tokens": min(MOST_TOKENS, left)},
                        model_request_parameters=self._parameters(output),
                    )
                ),
                first=True,
            )
            try:
                async for event in self._paced(stream):
                    text = ""
                    if isinstance(event, PartStartEvent) and isinstance(event.part, TextPart):
                        text = event.part.content
                    elif isinstance(event, PartDeltaEvent) and isinstance(
                        event.delta, TextPartDelta
                    ):
                        text = event.delta.content_delta
                    letters += len(text)
                    if letters > MOST_CHARACTERS:
                        raise _too_long(self._config)
                    if text:
                        yield text
            finally:
                self._count(stream, letters, asked)
            answer = stream.get()
            _refuse_unfinished(answer, self._config)
            yield answer

    async def _paced(self, stream: "StreamedResponse") -> AsyncIterator[Any]:
        """The events of a stream, none of which may be waited for too long."""
        events = aiter(stream)
        first = True
        while True:
            try:
                event = await self._in_time(anext(events), first=first)
            except StopAsyncIteration:
                return
            first = False
            yield event

    async def _in_time(self, coming: Any, *, first: bool) -> Any:  # noqa: ANN401  (whatever comes)
        limits = self._config.limits
        patience = limits.first_token_s if first else limits.between_tokens_s
        left = self._ends - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(patience, left)):
                return await coming
        except TimeoutError:
            if left < patience:
                raise problems.too_slow(self._config.host, limits.whole_s) from None
            raise problems.silent(self._config.host, patience) from None

    def _count(self, stream: "StreamedResponse", letters: int, asked: "list[ModelMessage]") -> None:
        """Add what this answer took, also when it broke off: it was paid for."""
        usage = stream.usage
        known = bool(usage.input_tokens or usage.output_tokens)
        cost = prices.cost_of(usage, self._config.model, self._config.base_url) if known else None
        self.used = Usage(
            self.used.input_tokens + (usage.input_tokens or _letters(asked) // LETTERS_A_TOKEN),
            self.used.output_tokens + (usage.output_tokens or letters // LETTERS_A_TOKEN),
            prices.together(self.used.cost, cost),
        )

    def _parameters(self, output: "OutputObjectDefinition") -> "ModelRequestParameters":
        from pydantic_ai.models import ModelRequestParameters

        return ModelRequestParameters(
            output_mode="native" if self._native else "prompted",
            output_object=output,
            allow_text_output=True,
        )


def _output(form: type[Form], schema: JsonSchema | None) -> "OutputObjectDefinition":
    from pydantic_ai.output import OutputObjectDefinition

    shown = form.model_json_schema() if schema is None else schema
    return OutputObjectDefinition(json_schema=shown, name=form.__name__)


def _letters(asked: "list[ModelMessage]") -> int:
    return sum(len(str(getattr(part, "content", ""))) for one in asked for part in one.parts)


def _too_long(config: ProviderConfig) -> problems.TooLong:
    return problems.TooLong(
        say(
            "The model '{model}' went on writing without an end, and was stopped.",
            model=config.model,
        ),
        mend=say("What was finished before is kept. Try again, or choose another model."),
    )


def _refuse_unfinished(answer: "ModelResponse", config: ProviderConfig) -> None:
    """Raise for an answer that is none: declined, or broken off without a word."""
    if answer.finish_reason == "content_filter":
        raise _declined(config)
    if answer.state != "complete" or (answer.finish_reason is None and not answer.text):
        raise problems.cut_off(config.host)


def _declined(config: ProviderConfig) -> problems.Declined:
    return problems.Declined(
        say("The model '{model}' declines to write about this.", model=config.model),
        mend=say("Put the topic into other words, or make the lesson from a template."),
    )


def _problem(error: Exception, config: ProviderConfig, *, begun: bool) -> problems.ProviderProblem:
    from pydantic_ai import exceptions as told

    match error:
        case told.ModelContextWindowExceededError():
            return problems.TooLong(
                say("The request is longer than the model '{model}' can read.", model=config.model),
                mend=say("Give it less material, or choose a model that reads more at once."),
            )
        case told.ModelQuotaExceededError():
            return models.payment_needed(config)
        case told.ContentFilterError():
            return _declined(config)
        case told.ModelHTTPError():
            return models.problem_of_status(error.status_code, config, error.retry_after)
        case told.ModelTimeoutError():
            return problems.silent(config.host, config.limits.between_tokens_s)
        case told.ModelConnectionError():
            return problems.cut_off(config.host) if begun else problems.down(config.host)
    return problems.cut_off(config.host)
