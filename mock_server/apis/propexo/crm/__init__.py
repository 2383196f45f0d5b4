"""Leasing platforms (CRMs): a table of contents of what is particular to their operations."""

from mock_server.apis.propexo.crm import (
    appointments,
    availability,
    communications,
    events,
    prospects,
)

BEHAVIOURS = {
    "POST /crm/v1/prospects/": prospects.create,
    "PUT /crm/v1/prospects/{prospect_id}": prospects.update,
    "POST /crm/v1/prospects/eliseai": prospects.create,
    "POST /crm/v1/prospects/funnel": prospects.create,
    "PUT /crm/v1/prospects/funnel/{prospect_id}": prospects.update,
    "POST /crm/v1/prospects/knock": prospects.create,
    "PUT /crm/v1/prospects/knock/{prospect_id}": prospects.update,
    "POST /crm/v1/prospects/rentcafe": prospects.create,
    "PUT /crm/v1/prospects/rentcafe/{prospect_id}": prospects.update,
    "POST /crm/v1/events/": events.create,
    "POST /crm/v1/events/eliseai/": events.create,
    "POST /crm/v1/events/knock/": events.create,
    "POST /crm/v1/communications/": communications.record,
    "POST /crm/v1/communications/funnel/": communications.record,
    "POST /crm/v1/communications/funnel/send": communications.send,
    "POST /crm/v1/appointments": appointments.create,
    "POST /crm/v1/appointments/eliseai": appointments.create,
    "POST /crm/v1/appointments/funnel": appointments.create,
    "POST /crm/v1/appointments/knock": appointments.create,
    "PUT /crm/v1/appointments/{appointment_id}": appointments.set_outcome,
    "PUT /crm/v1/appointments/funnel/{appointment_id}": appointments.set_outcome,
    "POST /crm/v1/appointments/cancel/funnel": appointments.cancel,
    "POST /crm/v1/appointment-availability/": availability.answer,
    "POST /crm/v1/appointment-availability/eliseai/": availability.answer,
    "POST /crm/v1/appointment-availability/funnel/": availability.answer,
    "POST /crm/v1/appointment-availability/knock/": availability.answer,
    "POST /crm/v1/appointment-availability/rentcafe/": availability.answer,
}
