"""What a home might fetch: a small model whose figures are believable and always the same."""

from collections.abc import Mapping
from fractions import Fraction
from functools import cache
from typing import Any

from mock_server import shipped
from mock_server.apis.leadpro import postcodes

Numbers = Mapping[str, Any]

_MOST_BEDROOMS = 5


def estimate(lead: Mapping[str, Any]) -> dict[str, Any]:
    """Return the six estimates of a lead's home, in pounds, and how the valuation went.

    All six are filled for a vendor and a landlord alike, as in the documented sample.
    """
    model = _model()
    known = lead.get("property_bedrooms") is not None and lead.get("property_type") is not None
    outcome = model["outcomes"]["comparable" if known else "not_comparable"]
    figures = {"valuation_status": outcome["valuation_status"]}
    for market in ("sale", "rent"):
        average = _average(model, market, lead, outcome)
        figures[f"average_{market}_estimation"] = average
        for end in ("minimum", "maximum"):
            spread = average * Fraction(*outcome[f"{end}_fraction"])
            pounds = outcome["round_spread_to_pounds"][market]
            figures[f"{end}_{market}_estimation"] = _rounded(
                spread, pounds, outcome["round_spread"]
            )
    return figures


def _average(model: Numbers, market: str, lead: Mapping[str, Any], outcome: Numbers) -> int:
    factors = (
        _factor(model["bedrooms_factors"][market], _bedrooms(lead)),
        _factor(model["property_type_factors"][market], lead.get("property_type")),
    )
    value = _area_figure(model, market, lead.get("postcode") or "") * factors[0] * factors[1]
    return _rounded(value, outcome["round_average_to_pounds"][market], "half_up")


def _area_figure(model: Numbers, market: str, postcode: str) -> int:
    area = postcodes.area_of(postcode)
    name = {"sale": "average_price_pounds", "rent": "average_monthly_rent_pounds"}[market]
    return int(model["unknown_area"][name] if area is None else getattr(area, name))


def _bedrooms(lead: Mapping[str, Any]) -> int | None:
    stated = lead.get("property_bedrooms")
    return None if stated is None else min(stated, _MOST_BEDROOMS)


def _factor(factors: Numbers, known: Any) -> Fraction:
    # The file's numbers are decimal, so they are taken as they are written.
    return Fraction(str(factors["unknown" if known is None else known]))


def _rounded(value: Fraction, to_pounds: int, direction: str) -> int:
    half = Fraction(1, 2) if direction == "half_up" else 0
    return int((value / to_pounds + half) // 1) * to_pounds


@cache
def _model() -> Numbers:
    model: Numbers = shipped.read_yaml(shipped.folder("fixtures") / "leadpro" / "valuation.yaml")
    return model
