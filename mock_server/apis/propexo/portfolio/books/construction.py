"""What is being built or renewed: jobs, their budgets, and the contracts that carry them out."""

from functools import cache
from typing import NamedTuple

from mock_server.apis.propexo.portfolio.books.payables import account
from mock_server.apis.propexo.portfolio.facts import tables_of
from mock_server.apis.propexo.portfolio.site import Site, Told, moment
from mock_server.apis.propexo.portfolio.systems import Facts
from mock_server.apis.propexo.portfolio.timeline import DAY, between, midnight_iso

_RETENTION_PERCENT = "10"
# A contract covers this much of the budget; the rest is kept for what nobody foresaw.
_CONTRACTED_PERCENT = 90


class Part(NamedTuple):
    """A part of the work, with its share of the whole in hundredths."""

    cost_code: str
    category: str
    share: int


class ConstructionJob(NamedTuple):
    """A job as it is planned: its name, who carries it out, and what it may cost."""

    name: str
    vendor: str
    cents: int
    days: int
    parts: tuple[Part, ...]


@cache
def _jobs() -> tuple[ConstructionJob, ...]:
    return tuple(
        ConstructionJob(**{**one, "parts": tuple(Part(**part) for part in one["parts"])})
        for one in tables_of("books")["jobs"]
    )


class Progress(NamedTuple):
    """When a job began and should end, and how much of it has been invoiced, in hundredths."""

    started: int
    planned_end: int
    invoiced: int
    is_done: bool

    @property
    def standing(self) -> Facts:
        return {
            "status_normalized": "COMPLETED" if self.is_done else "IN_PROGRESS",
            "status_raw": "Completed" if self.is_done else "In progress",
        }


def records_of(site: Site) -> Told:
    """Yield a job of the property with its budget, then the contract with its parts."""
    job = site.place.fakes.pick(_jobs())
    progress = _progress(site, job)
    record = _job(site, job, progress)
    yield "construction_jobs", record
    for part in job.parts:
        yield "construction_job_details", _budgeted(site, record, job, part, progress)
    contract = _contract(site, record, job, progress)
    yield "contracts", contract
    for part in job.parts:
        yield "contract_details", _contracted(site, contract, job, part, progress)


def _progress(site: Site, job: ConstructionJob) -> Progress:
    synced = site.place.system.synced
    started = between(site.place.random, site.place.opened, synced - 10 * DAY)
    planned_end = started + job.days * DAY
    is_done = planned_end < synced
    share = 100 if is_done else (synced - started) * 100 // (job.days * DAY)
    return Progress(started, planned_end, share, is_done)


def _job(site: Site, job: ConstructionJob, progress: Progress) -> Facts:
    start, end = midnight_iso(progress.started), midnight_iso(progress.planned_end)
    asset = account(site, "Construction in progress")
    return site.write(
        "construction_jobs",
        progress.started,
        name=job.name,
        x_gl_account_id=asset["x_financial_account_id"],
        planned_start_date=start,
        actual_start_date=start,
        planned_end_date=end,
        actual_end_date=end if progress.is_done else None,
        total_budget_in_cents=job.cents,
        **progress.standing,
    )


def _share(cents: int, *percents: int) -> int:
    """Take a percentage, or one of another; all amounts are chosen so that nothing is lost."""
    for percent in percents:
        cents = cents * percent // 100
    return cents


def _budgeted(
    site: Site, record: Facts, job: ConstructionJob, part: Part, progress: Progress
) -> Facts:
    budget = _share(job.cents, part.share)
    return site.write(
        "construction_job_details",
        moment(record["created_at"]),
        category_description=part.category,
        cost_code=part.cost_code,
        original_budget_in_cents=budget,
        revised_budget_in_cents=budget,
        invoiced_total_in_cents=_share(budget, _CONTRACTED_PERCENT, progress.invoiced),
        # Private: the details are listed under their job.
        construction_job_id=record["id"],
    )


def _contract(site: Site, record: Facts, job: ConstructionJob, progress: Progress) -> Facts:
    total = _share(job.cents, _CONTRACTED_PERCENT)
    return site.write(
        "contracts",
        moment(record["created_at"]),
        **site.link("construction_job", record),
        **site.link("vendor", site.named("vendors", job.vendor)),
        start_date=record["planned_start_date"],
        end_date=record["planned_end_date"],
        expense_type="Capital",
        original_amount_in_cents=total,
        total_amount_in_cents=total,
        invoiced_total_in_cents=_share(total, progress.invoiced),
        retention_percent=_RETENTION_PERCENT,
        notes=f"{job.name} by {job.vendor}",
        **progress.standing,
    )


def _contracted(
    site: Site, contract: Facts, job: ConstructionJob, part: Part, progress: Progress
) -> Facts:
    total = _share(job.cents, _CONTRACTED_PERCENT, part.share)
    return site.write(
        "contract_details",
        moment(contract["created_at"]),
        **account(site, "Construction in progress"),
        category_description=part.category,
        cost_code=part.cost_code,
        total_amount_in_cents=total,
        invoiced_total_in_cents=_share(total, progress.invoiced),
        retention_percent=_RETENTION_PERCENT,
        contract_id=contract["id"],
    )
