"""What a PMS makes of the ordinary writes: a table of contents, by resource and by operation."""

from collections.abc import Mapping

from mock_server.apis.propexo import drafts
from mock_server.apis.propexo.drafts import Details
from mock_server.apis.propexo.records import (
    amenities,
    appointments,
    availability,
    construction,
    custom_data,
    events,
    files,
    homes,
    leads,
    money,
    notes,
    payables,
    people,
    pets,
    rentables,
    repairs,
    tenancies,
)
from mock_server.engine.api import Behaviour
from mock_server.engine.call import Call
from mock_server.world.records import Record
from mock_server.world.world import World

# What a record shows besides the fields that its body has under the same name.
DETAILS: Mapping[str, Details] = {
    "amenities": amenities.amenity,
    "construction_jobs": construction.job,
    "event_types": files.event_type,
    "file_types": files.file_type,
    "invoices": payables.invoice,
    "listings": homes.listing,
    "payable_registers": payables.payable_register,
    "properties": homes.property_details,
    "recurring_resident_charges": money.recurring_charge,
    "resident_charges": money.charge,
    "resident_payments": money.payment,
    "service_requests": repairs.request,
    "units": homes.unit,
    "vendors": payables.vendor,
}

BEHAVIOURS: Mapping[str, Behaviour] = {
    "GET /v1/leases/": tenancies.list_leases,
    "POST /v1/amenities/properties/{id}": amenities.add_to_property,
    "PUT /v1/amenities/properties/{id}": amenities.replace_of_property,
    "POST /v1/amenities/units/{id}": amenities.add_to_unit,
    "PUT /v1/amenities/units/{id}": amenities.replace_of_unit,
    "POST /v1/applicants/": people.create_applicant,
    "PUT /v1/applicants/{id}": people.update_applicant,
    "POST /v1/applications/": people.create_application,
    "PUT /v1/applications/{id}": people.update_application,
    "POST /v1/contracts/": construction.create_contract,
    "POST /v1/leads/": leads.create,
    "PUT /v1/leads/{id}": leads.update,
    "POST /v1/events/applicants": events.create,
    "POST /v1/events/leads": events.create,
    "POST /v1/events/residents": events.create,
    "PUT /v1/events/applicants/{event_id}": events.update,
    "PUT /v1/events/leads/{event_id}": events.update,
    "PUT /v1/events/residents/{event_id}": events.update,
    "POST /v1/appointment-availability/": availability.answer,
    "POST /v1/events/appointments/applicants": appointments.create,
    "POST /v1/events/appointments/leads": appointments.create,
    "POST /v1/events/appointments/residents": appointments.create,
    "PUT /v1/events/appointments/applicants/{event_id}": appointments.update,
    "PUT /v1/events/appointments/leads/{event_id}": appointments.update,
    "PUT /v1/events/appointments/residents/{event_id}": appointments.update,
    "POST /v1/events/appointments/applicants/cancel": appointments.cancel,
    "POST /v1/events/appointments/leads/cancel": appointments.cancel,
    "POST /v1/events/appointments/residents/cancel": appointments.cancel,
    "POST /v1/leases/": tenancies.create_lease,
    "PUT /v1/leases/{lease_id}": tenancies.update_lease,
    "POST /v1/listings/": homes.create_listing,
    "POST /v1/payable-registers/cancel": payables.cancel,
    "POST /v1/properties/": homes.create_property,
    "POST /v1/purchase-orders/": payables.create_order,
    "PUT /v1/purchase-orders/{purchase_order_id}": payables.update_order,
    "POST /v1/rentable-items/applicants/assign": rentables.assign,
    "POST /v1/resident-credits/": money.credit,
    "POST /v1/resident-pets/": pets.create,
    "PUT /v1/resident-pets/{pet_id}": pets.update,
    "POST /v1/residents/": tenancies.create_resident,
    "PUT /v1/residents/{id}": tenancies.update_resident,
    "POST /v1/service-request-history/": repairs.record_history,
    "PUT /v1/service-requests/{service_request_id}": repairs.update,
}

# What operations of several PMSs do alike that have no generic one, by the name in `x-action`.
ACTIONS: Mapping[str, Behaviour] = {
    "add-note": notes.add,
    "attach-files": files.attach,
    "batch-charges": money.batch,
    "set-custom-data": custom_data.put,
}


def draft(call: Call, world: World) -> Record:
    """Return the fields of the record that an ordinary write's body stands for."""
    details = DETAILS.get(call.operation.resource or "")
    return drafts.draft(call, world, details(call, world) if details else None)
