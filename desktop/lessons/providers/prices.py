"""What an answer costs, from the price list that comes with pydantic-ai; unknown stays unknown."""

from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic_ai.usage import RequestUsage


def cost_of(usage: "RequestUsage", model: str, base_url: str) -> Decimal | None:
    """US dollars for one answer, or None where no list names a price.

    The price goes by the address: a model of a famous name behind another address is no longer
    that provider's model, nor at its price.
    """
    import genai_prices

    try:
        priced = genai_prices.calc_price(usage, model, provider_api_url=base_url)
    except LookupError:
        return None
    return priced.total_price


def together(before: Decimal | None, more: Decimal | None) -> Decimal | None:
    """The sum; unknown as soon as one of them is."""
    return None if before is None or more is None else before + more
