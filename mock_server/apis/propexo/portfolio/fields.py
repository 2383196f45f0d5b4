"""Which fields a seeded record has, and in which order the API shows them."""

_HEAD = ("id", "created_at", "updated_at", "last_seen")
_OWNER = ("integration_id", "integration_vendor", "property_id")
_LOOKUP = (*_HEAD, "x_id", "x_property_id", "x_location_id")


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


FIELDS: dict[str, tuple[str, ...]] = {
    "integrations": _names(
        """id created_at updated_at name vendor active system sync_frequency sync_cadence
        max_job_concurrency max_request_frequency max_request_cadence base_url is_archived
        last_completed_sync last_completed_back_sync new_properties_are_enabled
        integration_interfaces models can_authenticate last_data_access_check allow_manual_syncs
        configuration_meta_data is_running_sync is_running_data_access_check"""
    ),
    "properties": _names(
        """id property_id created_at updated_at last_seen x_created_at x_id x_property_id
        x_building_id building_number city code country county custom_data is_active manager_email
        manager_name manager_phone_1 manager_phone_1_type manager_phone_2 manager_phone_2_type name
        notes number_of_units square_footage square_feet state street_address_1 street_address_2
        address_1 address_2 type type_raw type_normalized website year_built zip long_description
        short_description office_hours pet_types associated_owner_ids integration_id
        integration_vendor"""
    ),
    "floor_plans": (
        *_LOOKUP,
        *_names(
            """name marketing_name code description bedrooms bathrooms bathrooms_full
            bathrooms_half max_occupants rentable_square_feet gross_square_feet
            rent_minimum_in_cents rent_maximum_in_cents image_urls unit_count
            deposit_amount_in_cents deposit_amount_raw deposit_amount_min_in_cents
            deposit_amount_max_in_cents deposit_amount_min_raw deposit_amount_max_raw
            custom_data"""
        ),
        *_OWNER,
    ),
    "units": (
        *_HEAD,
        *_names(
            """x_id x_property_id x_floor_plan_id x_unit_type_id bathrooms bathrooms_full
            bathrooms_half bedrooms building_name building_number city country custom_data
            floor_plan_code floor_plan_name floor is_available is_furnished is_listed is_vacant
            number rent_amount_market_in_cents rent_amount_max_in_cents rent_amount_min_in_cents
            square_feet state street_address_1 street_address_2 address_1 address_2 zip
            pets_allowed dogs_allowed cats_allowed pet_policy floor_plan_id integration_id
            integration_vendor property_id unit_type_id"""
        ),
    ),
    "timezones": (
        *_LOOKUP,
        *_names("is_active observes_daylight_savings offset server_time_error_seconds"),
        *_OWNER,
    ),
    "employees": (*_LOOKUP, "name", "email", "is_active", "roles", *_OWNER),
    "lead_sources": (*_LOOKUP, "name", *_OWNER),
    "lead_relationships": (*_LOOKUP, "name", *_OWNER),
    "event_types": (*_LOOKUP, "code", "models", "name", *_OWNER),
    "event_sub_types": (*_LOOKUP, "x_event_type_id", "name", *_OWNER, "event_type_id"),
    "event_results": (*_LOOKUP, "name", *_OWNER, "associated_event_type_ids"),
    "leads": _names(
        """id created_at updated_at last_seen x_created_at x_guestcard_id x_id x_leasing_agent_id
        x_property_id x_unit_id_preferred x_updated_at x_lead_source_id address_1 address_2 city
        country custom_data date_of_birth desired_amenities desired_floor_plan_id
        desired_floor_plan_name desired_lease_term_in_months desired_max_rent_in_cents
        desired_max_square_ft desired_min_rent_in_cents desired_min_square_ft
        desired_num_bathrooms desired_num_bedrooms desired_unit_number desired_unit_type email_1
        email_2 first_name ils last_name lead_source leasing_agent middle_name notes
        number_of_occupants pets phone_1_type phone_1 phone_2_type phone_2 state status
        target_move_in_date zip property_id lead_source_id unit_id_preferred integration_id
        integration_vendor screenings x_unit_id pet_details"""
    ),
    "applicants": _names(
        """id created_at updated_at last_seen x_id x_property_id x_unit_id x_lease_id x_lead_id
        x_unit_id_preferred address_1_alternate address_1 address_2_alternate address_2
        applications city_alternate city country_alternate country custom_data date_of_birth
        email_1 email_2 first_name self_reported_income last_name middle_name notes phone_1_type
        phone_1 phone_2_type phone_2 state_alternate state type_normalized type_raw zip_alternate
        zip pets integration_id integration_vendor property_id unit_id_preferred screenings"""
    ),
    "residents": _names(
        """id created_at updated_at last_seen x_id x_lease_id leases_meta_data address_1_alternate
        address_1 address_2_alternate address_2 balance_in_cents city_alternate city
        country_alternate country custom_data date_of_birth email_1 email_2 first_name is_employee
        last_name late_balance_in_cents middle_name notes phone_1_type phone_1 phone_2_type
        phone_2 state_alternate state zip_alternate zip pets vehicles integration_id
        integration_vendor property_id"""
    ),
    "applications": _names(
        """id created_at updated_at last_seen x_id x_location_id x_property_id x_unit_id status
        custom_data applicants integration_id integration_vendor property_id unit_id"""
    ),
    "leases": _names(
        """id created_at updated_at last_seen x_id x_property_id x_resident_id x_unit_id
        residents_meta_data application_date custom_data deposit_amount deposit_amount_in_cents
        deposit_date end_date realized_move_in_date realized_move_out_date rent_amount_in_cents
        rent_amount_market_in_cents rent_due_day rent_due_date scheduled_move_in_date
        scheduled_move_out_date signature_date start_date status status_normalized status_raw term
        type unit_number write_off_amount_in_cents write_off_amount_raw balance_amount_in_cents
        balance_amount_raw past_due_balance_in_cents past_due_balance_raw unit_id property_id
        integration_id integration_vendor services"""
    ),
    "events": _names(
        """id created_at updated_at last_seen x_id x_property_id x_leasing_agent_id x_type_id
        x_location_id event_name event_datetime appointment_datetime type_raw notes agent_name
        reasons_for_event associated_lead_ids associated_applicant_ids associated_resident_ids
        integration_id integration_vendor property_id"""
    ),
}

PET_FIELDS: dict[str, tuple[str, ...]] = {
    "leads": (
        *_HEAD,
        *_names(
            """x_id age_in_years breed color gender_raw is_fixed is_service_animal name notes type
            weight_in_pounds custom_data"""
        ),
    ),
    "applicants": (
        *_HEAD,
        *_names(
            """x_id age_in_years breed color gender_raw is_declawed is_fixed is_service_animal
            is_trained is_vaccinated name notes type weight_in_pounds custom_data"""
        ),
    ),
    "residents": (
        *_HEAD,
        *_names(
            """x_id name type breed gender_raw age_in_years weight_in_pounds is_fixed
            is_service_animal notes custom_data"""
        ),
    ),
}
