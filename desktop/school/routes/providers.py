"""Who makes a teacher's lessons: their own AI provider, handed over in memory, tried, forgotten."""

import time

from fastapi import APIRouter

from desktop.lessons.providers import models, trial
from desktop.school.asking import AtSchool, Staff, StrictRoute
from desktop.school.problems import answers
from desktop.wire.generation import Models, ProviderTold, ProviderWish, Tried

router = APIRouter(prefix="/generation/provider", tags=["generation"], route_class=StrictRoute)


@router.get("", responses=answers(401, 403))
def told(actor: Staff, school: AtSchool) -> ProviderTold:
    """Who makes one's lessons here; the key is never told."""
    return school.providers.told(actor.id)


@router.put("", responses=answers(401, 403))
def hand_over(body: ProviderWish, actor: Staff, school: AtSchool) -> ProviderTold:
    """Use one's own provider until this process ends; jobs that waited for it begin."""
    school.providers.take(actor.id, body)
    school.workshop.wake()
    return school.providers.told(actor.id)


@router.delete("", responses=answers(401, 403))
def forget(actor: Staff, school: AtSchool) -> ProviderTold:
    """Forget one's own provider and its key."""
    school.providers.forget(actor.id)
    return school.providers.told(actor.id)


@router.post("/models", responses=answers(401, 403))
async def list_models(body: ProviderWish, actor: Staff, school: AtSchool) -> Models:
    """What a provider offers, asked with the key that is sent or known."""
    config = school.providers.meant(actor.id, body, model_needed=False)
    return Models(names=await models.names(config))


@router.post("/try", responses=answers(401, 403))
async def try_it(body: ProviderWish, actor: Staff, school: AtSchool) -> Tried:
    """Ask a provider one short question, as a lesson would be asked for."""
    started = time.monotonic()
    tried = await trial.ask(school.providers.meant(actor.id, body))
    cost = None if tried.used.cost is None else str(tried.used.cost)
    seconds = time.monotonic() - started
    return Tried(answer=tried.answer, seconds=seconds, tokens=tried.used.tokens, cost=cost)
