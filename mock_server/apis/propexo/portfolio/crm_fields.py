"""Which fields a seeded record of a CRM has, and in which order the API shows them."""

_HEAD = "id created_at updated_at last_seen x_id"
_SOURCE = "integration_id integration_vendor"
_PLACED = f"{_SOURCE} community_id"
_ADDRESS = "address_1 address_2 city state zip country"


def _names(*texts: str) -> tuple[str, ...]:
    return tuple(" ".join(texts).split())


FIELDS: dict[str, tuple[str, ...]] = {
    "crm_communities": _names(
        _HEAD,
        "name",
        _ADDRESS,
        "email phone_1 website is_active number_of_units short_description office_hours",
        "custom_data",
        _SOURCE,
    ),
    "crm_agents": _names(_HEAD, "name email is_active", _SOURCE, "community_ids"),
    "crm_attributions": _names(_HEAD, "name", _SOURCE, "community_ids"),
    "crm_listings": _names(
        _HEAD,
        "title url publish_date is_listed number floor_plan_name bedrooms bathrooms square_feet",
        "rent_amount_in_cents available_date is_available",
        _ADDRESS,
        "custom_data",
        _PLACED,
    ),
    "crm_prospects": _names(
        _HEAD,
        "x_created_at first_name middle_name last_name email_1 phone_1 phone_2",
        _ADDRESS,
        "move_in_date rent_minimum_in_cents rent_maximum_in_cents desired_num_bedrooms",
        "number_of_occupants lease_term_in_months pets notes status prospect_source",
        "first_contact_type preferred_contact_method subscribe custom_data agent_id attribution_id",
        _PLACED,
    ),
    "crm_events": _names(
        _HEAD,
        "event_name event_datetime appointment_datetime type_raw notes email_subject email_body",
        "call_status time_from time_to agent_id attribution_id prospect_id",
        _PLACED,
    ),
    "crm_communications": _names(
        _HEAD,
        "communication_type communication_direction communication_datetime message_subject",
        "message_body to_addresses from_address prospect_id",
        _PLACED,
    ),
    "crm_appointments": _names(
        _HEAD,
        "appointment_datetime tour_type status outcome_time unit_ids notes agent_id",
        "attribution_id prospect_id",
        _PLACED,
    ),
}
