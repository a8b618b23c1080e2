"""Brings one push over one connection: offer, plan, contents, commit, verified result."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from desktop.storage.pushes import State, StoredItem, StoredPush
from desktop.studio import contents, protocol
from desktop.studio.connection import Connection

ANSWER_S = 60.0
"""How long a Studio may take for one step; a large place plans in well under a second."""
_MAX_PLANS = 5
"""How often the place may change under a push before we let it wait."""

Decision = Literal["replace", "keep", "copy"]


@dataclass(frozen=True)
class Outcome:
    """How a delivery ended."""

    state: State
    reason: str = ""
    retry: bool = False
    """Whether trying again in a moment can help (Studio is busy, or in a play test)."""
    errors: Mapping[int, str] = field(default_factory=dict)
    milliseconds: int | None = None


@dataclass
class Delivery:
    """One push on its way to one window.

    `progressed` is told each new state; `planned` the plan's entries. What the plugin says of
    this push is put into `inbox`.
    """

    connection: Connection
    push: StoredPush
    items: list[StoredItem]
    content: Callable[[str], bytes]
    progressed: Callable[[State], None]
    planned: Callable[[list[protocol.PlanEntry]], None]
    school: str = ""
    """The address that lessons may report to; the plugin scans once more."""
    inbox: "asyncio.Queue[protocol.Plan | protocol.Need | protocol.Result]" = field(
        default_factory=asyncio.Queue
    )

    async def run(self) -> Outcome:
        """Carry the push through.

        Raises:
            Gone: the window closed; whether the push landed is known when it is offered again.
            TimeoutError: Studio did not answer in time.
        """
        await self._offer()
        self.progressed("offered")
        for _ in range(_MAX_PLANS):
            answer = await self._answer()
            if isinstance(answer, Outcome):
                return answer
            conclusion = self._conclude(answer)
            if conclusion is not None:
                return conclusion
            await self._send(
                "commit",
                planHash=answer.plan_hash,
                decisions=self._decisions(answer),
                reviewed=self.push.scan == "review",
            )
            self.progressed("committing")
        return Outcome("queued", "The place keeps changing while the lesson comes in.", retry=True)

    async def _offer(self) -> None:
        offered = [self._offered(item) for item in self.items]
        first = self.items[0]
        target = {"service": first.path[0], "path": first.path[: first.root]}
        pages = list(protocol.pages(offered))
        for number, page in enumerate(pages, start=1):
            await self._send(
                "offer",
                title=self.push.title,
                lessonId=self.push.lesson_id,
                version=self.push.version,
                by=self.push.made_by,
                at=self.push.created_at,
                model=self.push.model,
                scan=self.push.scan,
                school=self.school,
                target=target,
                items=page,
                page=number,
                pages=len(pages),
            )

    def _offered(self, item: StoredItem) -> dict[str, Any]:
        return {
            "id": str(item.number),
            "class": item.class_name,
            "name": item.path[-1],
            "path": item.path,
            "root": item.root,
            "kind": "script" if item.source_sha256 else "instance",
            "sha256": item.sha256,
            "bytes": len(self.content(item.sha256)),
        }

    async def _answer(self) -> Outcome | protocol.Plan:
        """Read until there is a whole plan with its contents delivered, or a whole result."""
        plan: protocol.Plan | None = None
        entries: list[protocol.PlanEntry] = []
        results: list[protocol.ResultItem] = []
        served = 0
        while True:
            async with asyncio.timeout(ANSWER_S):
                message = await self.inbox.get()
            match message:
                case protocol.Plan():
                    entries = entries + message.items if message.page > 1 else message.items
                    plan = message if message.page == message.pages else None
                    served = 0 if message.page == 1 else served
                    await self._serve(message.need)
                    served += len(message.need)
                case protocol.Need():
                    await self._serve(message.sha256)
                    served += len(message.sha256)
                case protocol.Result():
                    results = results + message.items if message.page > 1 else message.items
                    if message.page == message.pages:
                        return self._result(message, results)
            if plan is not None and served >= plan.missing:
                plan.items = entries
                self.planned(entries)
                self.progressed("planned")
                return plan

    def _conclude(self, plan: protocol.Plan) -> Outcome | None:
        """What the plan alone decides: refused, or the teacher is asked. None: go on."""
        blocked = {int(entry.id): entry.reason for entry in plan.items if entry.action == "blocked"}
        if blocked:
            return Outcome("failed", next(iter(blocked.values())), errors=blocked)
        decided = self._decisions(plan)
        open_ones = [
            entry for entry in plan.items if entry.action == "conflict" and entry.id not in decided
        ]
        if open_ones:
            return Outcome("conflict", open_ones[0].reason)
        return None

    def _decisions(self, plan: protocol.Plan) -> dict[str, str]:
        """What to do about each conflict: the decision for the item, else the push's policy."""
        single = {str(item.number): item.decision for item in self.items if item.decision}
        decided = {}
        for entry in plan.items:
            if entry.action == "conflict":
                decision = single.get(entry.id, self.push.policy)
                if decision != "ask":
                    decided[entry.id] = decision
        return decided

    async def _serve(self, hashes: list[str]) -> None:
        """Send contents; only what belongs to this push is anybody's business."""
        ours = {item.sha256 for item in self.items}
        asked = (sha256 for sha256 in hashes if sha256 in ours)
        for message in contents.messages(asked, self.content):
            await self.connection.send({**message, "pushId": self.push.id})

    def _result(self, last: protocol.Result, results: list[protocol.ResultItem]) -> Outcome:
        if not last.ok:
            errors = {int(item.id): item.error for item in results if item.id.isdigit()}
            reason = next((item.error for item in results if item.error), last.human)
            if last.code in {"busy", "not_edit", "team"}:
                return Outcome("queued", last.human, retry=True)
            if last.code == "review":
                reason = f"Somebody has to look at this before it goes in. {reason}"
            return Outcome("failed", reason or last.human, errors=errors)
        wrong = self._differences(results, with_sources=last.code != "known")
        if wrong:
            return Outcome("failed", "Studio holds something else than was sent.", errors=wrong)
        return Outcome("landed", milliseconds=round(last.ms))

    def _differences(
        self, results: list[protocol.ResultItem], *, with_sources: bool
    ) -> dict[int, str]:
        """Compare what the plugin read back with what we sent, by hash."""
        sent = {str(item.number): item for item in self.items}
        wrong = {}
        for result in results:
            item = sent.get(result.id)
            if item is None:
                continue
            if result.sha256 != item.sha256:
                wrong[item.number] = "It is not what was sent."
            elif with_sources and not result.exact and result.source_sha256 != item.source_sha256:
                wrong[item.number] = "Its source reads back differently from what was sent."
        return wrong

    async def _send(self, kind: str, **fields: object) -> None:
        await self.connection.send({"type": kind, "pushId": self.push.id, **fields})
