"""What a PMS makes of a building project: the job, and the contracts with their lines."""

from collections.abc import Iterator

from mock_server.apis.propexo import writes
from mock_server.apis.propexo.drafts import draft, named
from mock_server.apis.propexo.records.changes import companion
from mock_server.contract.kinds import Kind
from mock_server.engine.call import Call, Reply
from mock_server.engine.changes import Change, added
from mock_server.world.records import Record
from mock_server.world.world import World


def job(call: Call, world: World) -> Record:
    """Return what a new job is called, which nothing in the body can say (assumed)."""
    return {"name": "Construction job"} if call.operation.kind is Kind.CREATE else {}


def create_contract(call: Call, world: World) -> Reply:
    """Queue a contract, whose lines are records of their own and add up to its amount."""
    lines = call.body.get("contract_details", ())
    contract = draft(call, world, _agreed(call, world))
    if "x_id" in call.body:
        contract["x_id"] = call.body["x_id"]
    details = [_line(call, world, contract, said) for said in lines]
    return writes.settle(call, world, added(call, "contracts", contract), *details)


def _agreed(call: Call, world: World) -> Record:
    lines = call.body.get("contract_details", ())
    total = sum(each.get("total_amount_in_cents") or 0 for each in lines) if lines else None
    amounts = {"original_amount_in_cents": total, "total_amount_in_cents": total}
    return {**amounts, "invoiced_total_in_cents": 0, **dict(_place(call, world))}


def _place(call: Call, world: World) -> Iterator[tuple[str, object]]:
    """Yield the job and the property of the first line, which stand for the contract's."""
    for said in call.body.get("contract_details", ())[:1]:
        for name, resource in (
            ("construction_job", "construction_jobs"),
            ("property", "properties"),
        ):
            record = named(call, world, resource, said[f"{name}_id"])
            yield f"{name}_id", record["id"]
            yield f"x_{name}_id", record["x_id"]


def _line(call: Call, world: World, contract: Record, said: Record) -> Change:
    place = named(call, world, "properties", said["property_id"])
    account = named(call, world, "financial_accounts", said.get("financial_account_id"))
    beside = {"property_id": place["id"], "x_property_id": place["x_id"]}
    known = {name: value for name, value in said.items() if name not in beside}
    known.update(
        contract_id=contract["id"],
        x_financial_account_id=account.get("x_id"),
        x_category_id=said.get("category_code"),
        invoiced_total_in_cents=0,
    )
    record = companion(call, world, "contract_details", beside, **known)
    return added(call, "contract_details", record)
