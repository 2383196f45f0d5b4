"""What a vendor's package must supply, so that the engine can answer in the vendor's name."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from pathlib import Path

from mock_server.contract.catalogue import Catalogue
from mock_server.contract.document import ContractError
from mock_server.contract.kinds import Kind
from mock_server.contract.operation import Operation
from mock_server.contract.problems import Problem
from mock_server.contract.resource import Resource, Sighted
from mock_server.engine.call import Call, Reply
from mock_server.engine.moment import Moment
from mock_server.engine.refusals import Refusal
from mock_server.engine.scenarios.furnishing import Furnishing
from mock_server.engine.scheduled import ScheduledHandler
from mock_server.engine.webhooks import Webhooks
from mock_server.nearest import unknown
from mock_server.world.pristine import Seeded
from mock_server.world.queries import OrderBy, Page
from mock_server.world.records import Collection, Record
from mock_server.world.world import World

Behaviour = Callable[[Call, World], Reply]


@dataclass(frozen=True)
class Planting:
    """What a vendor's seeded records depend on: how many leads, from when, and the seed.

    `seed` is this vendor's own. `fixtures` is the folder of facts, `resources` what the Api has
    records of, by name.
    """

    leads: int
    now: datetime
    seed: str
    fixtures: Path
    resources: Mapping[str, Resource]


Seeding = Callable[[Planting], Seeded]


@dataclass(frozen=True, eq=False)
class Api:
    """One vendor as we mock it.

    `name` is also the name of its contract folder. `roots` are the beginnings of its paths, and
    `hosts` the names under which the vendor serves them. `is_control` says that its operations
    command the sandbox, so that a page of another site must not call them.
    `credential` finds the caller's credential in the headers, or raises `Unauthenticated`.
    `page` and `one` are its envelopes for a list and a record. `draft` makes a record's fields from
    a write's body; `settle(call, world, *changes)` makes changes happen in the vendor's own time
    and answers the call.
    `refuse` renders every refusal. `particular` finds the operation that says more narrowly what
    this call may carry; with it, `demands` yields what else is wrong with a call than its contract
    can say, and `remarks` the headers that tell by which rules the call was checked.
    `target` tells which owner a call is about, and the system behind it, as far as it says.
    `order` yields what the text of an ordering says, and what is wrong with it; `default_order`
    serves the resources whose lists cannot be ordered. `owner` is the field that a record and what
    it refers to must share, `sighted` the one that tells when the owner was last found to have the
    record. The stamps are the fields that take the time of a write.
    `limit_headers` carry the rate limit and what is left of it. `behaviours` replace a kind's
    default, by operation key, `actions` by the name that an operation gives with `x-action`.
    `seeding` yields the seeded records. `begin` plans what a new world will do by itself,
    `scheduled_handlers` are the kinds of what stands on its agenda, and `given_up` says
    what follows where a fault kept one from happening. `private` are the tables that no operation
    shows. `furnishing` makes the records of scenarios whole. `webhooks` are what events can be
    fired at. `sent_as` returns the headers that carry a credential. `base` is where its paths
    begin, and `example` one to try first, as a start shows them.
    """

    name: str
    title: str
    roots: tuple[str, ...]
    catalogue: Catalogue
    credential: Callable[[Mapping[str, str]], str]
    page: Callable[[Call, Page], Reply]
    one: Callable[[Call, str], Reply]
    draft: Callable[[Call, World], Record]
    settle: Callable[..., Reply]
    refuse: Callable[[Refusal], Reply]
    seeding: Seeding
    particular: Callable[[Call, World], Operation | None] = lambda _call, _world: None
    demands: Callable[[Call, Operation], Iterable[Problem]] = lambda _call, _binding: ()
    remarks: Callable[[Call, Operation], Mapping[str, str]] = lambda _call, _binding: {}
    target: Callable[[Call, World], tuple[str | None, str | None]] = lambda _c, _w: (None, None)
    order: Callable[[str], Iterable[OrderBy | Problem]] | None = None
    default_order: Mapping[str, tuple[OrderBy, ...]] = field(default_factory=dict)
    owner: str | None = None
    sighted: str = ""
    stamps_of_new: tuple[str, ...] = ()
    stamps_of_changed: tuple[str, ...] = ()
    limit_headers: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    is_control: bool = False
    behaviours: Mapping[str, Behaviour] = field(default_factory=dict)
    actions: Mapping[str, Behaviour] = field(default_factory=dict)
    begin: Callable[[Moment], None] = lambda _: None
    scheduled_handlers: Mapping[str, ScheduledHandler] = field(default_factory=dict)
    given_up: Mapping[str, ScheduledHandler] = field(default_factory=dict)
    pass_routine: Callable[[Moment], bool] = lambda _: False
    private: Mapping[str, Resource] = field(default_factory=dict)
    furnishing: Furnishing = field(default_factory=Furnishing)
    webhooks: Webhooks | None = None
    sent_as: Callable[[str], dict[str, str]] = lambda _: {}
    base: str = ""
    example: str = ""

    def __post_init__(self) -> None:
        """Refuse a behaviour for no operation, and an action for which there is no behaviour."""
        for key in self.behaviours:
            self.catalogue[key]
        for key, operation in self.catalogue.operations.items():
            if operation.action is not None and operation.action not in self.actions:
                raise ContractError(
                    f"{self.name}: {key}: {unknown('x-action', operation.action, self.actions)}"
                )
            if operation.kind is Kind.ACTION and self.behaviour(operation) is None:
                raise ContractError(f"{self.name}: {key} is an action, so it needs a behaviour")

    def behaviour(self, operation: Operation) -> Behaviour | None:
        """Return what is particular to an operation, or to the one it is a particular case of."""
        own = self.behaviours.get(operation.key)
        shared = self.behaviours.get(operation.generic or "")
        return own or shared or self.actions.get(operation.action or "")

    def table(self, resource: str) -> str:
        """Return the name under which a world keeps this Api's resource."""
        return f"{self.name}_{resource}"

    # Worked out once, so that the stores of all applications have the same resources.
    @cached_property
    def tables(self) -> Mapping[str, Resource]:
        """Return all that a world keeps for this Api, by table."""
        shown = {self.table(name): each for name, each in self.catalogue.resources.items()}
        return {**{name: self._sighted(each) for name, each in shown.items()}, **self.private}

    def _sighted(self, resource: Resource) -> Resource:
        if self.owner is None or not {self.owner, self.sighted} <= resource.fields.keys():
            return resource
        return replace(resource, sighted=Sighted(self.owner, self.sighted))

    def records(self, world: World, resource: str) -> Collection:
        """Return the world's records of one of this Api's resources."""
        return world.collection(self.table(resource))
