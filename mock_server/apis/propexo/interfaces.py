"""What does each system offer: which reads feed its models, and how often it is synced?"""

from mock_server.world.records import Record

# The reads that feed each model, by system; names as the API reference lists them.
INTERFACES: dict[str, dict[str, str]] = {
    "APPFOLIO": {
        "properties": "APPFOLIO_READ_PROPERTIES",
        "units": "APPFOLIO_READ_UNITS",
        "employees": "APPFOLIO_READ_EMPLOYEES",
        "leads": "APPFOLIO_READ_LEADS",
        "applicants": "APPFOLIO_READ_APPLICATIONS",
        "residents": "APPFOLIO_READ_RESIDENTS",
        "events": "APPFOLIO_READ_APPOINTMENTS",
    },
    "BUILDIUM": dict.fromkeys(("properties", "units", "leads", "residents"), "BUILDIUM_BASE"),
    "ENTRATA": {
        "properties": "ENTRATA_PROPERTIES",
        "floor_plans": "ENTRATA_FLOOR_PLANS",
        "units": "ENTRATA_UNITS",
        "leads": "ENTRATA_PROSPECTS",
        "event_types": "ENTRATA_LEAD_PICK_LIST",
        "events": "ENTRATA_LEAD_EVENTS",
        "residents": "ENTRATA_RESIDENTS",
    },
    "MRI": dict.fromkeys(("properties", "units", "leads", "residents"), "MRI_BASE"),
    "PROPERTYWARE": dict.fromkeys(("properties", "units", "residents"), "PROPERTYWARE_BASE"),
    "PROPERTYWARE_REST": {
        "properties": "PROPERTYWARE_REST_READ_PROPERTIES",
        "units": "PROPERTYWARE_REST_READ_UNITS",
        "leads": "PROPERTYWARE_REST_READ_PROSPECTS",
        "residents": "PROPERTYWARE_REST_READ_RESIDENTS",
    },
    "REALPAGE": {
        "properties": "REALPAGE_PROSPECT_MANAGEMENT_PROPERTIES",
        "floor_plans": "REALPAGE_PRICING_AND_AVAILABILITY_FLOOR_PLANS",
        "units": "REALPAGE_PROSPECT_MANAGEMENT_UNITS",
        "leads": "REALPAGE_PROSPECT_MANAGEMENT_ALL_LEADS",
        "lead_sources": "REALPAGE_PROSPECT_MANAGEMENT_LEAD_SOURCES",
        "residents": "REALPAGE_RESIDENTS_RESIDENT_LIST",
    },
    "REALPAGE_RPX": {
        "properties": "REALPAGE_RPX_READ_PROPERTIES",
        "floor_plans": "REALPAGE_RPX_FLOOR_PLANS",
        "units": "REALPAGE_RPX_UNITS",
        "employees": "REALPAGE_RPX_LEASING_AGENTS",
        "leads": "REALPAGE_RPX_LEADS",
        "lead_sources": "REALPAGE_RPX_LEAD_SOURCES",
        "lead_relationships": "REALPAGE_RPX_LEAD_RELATIONSHIPS",
        "event_types": "REALPAGE_RPX_LEAD_ACTIVITY_TYPES",
        "events": "REALPAGE_RPX_APPOINTMENTS",
        "residents": "REALPAGE_RPX_RESIDENTS",
    },
    "RENTMANAGER": dict.fromkeys(("properties", "units", "leads", "residents"), "RENTMANAGER_BASE"),
    "RENTVINE": dict.fromkeys(("properties", "units", "residents"), "RENTVINE_BASE"),
    "RESMAN": {
        "properties": "RESMAN_READ_PROPERTIES",
        "units": "RESMAN_READ_UNITS",
        "employees": "RESMAN_READ_EMPLOYEES",
        "leads": "RESMAN_READ_LEADS",
        "lead_sources": "RESMAN_READ_LEAD_SOURCES",
        "applicants": "RESMAN_READ_RESIDENTS_AND_APPLICANTS",
        "residents": "RESMAN_READ_RESIDENTS",
    },
    "YARDI": {
        "leads": "YARDI_GUESTCARD",
        "events": "YARDI_GUESTCARD",
        "residents": "YARDI_RESIDENT_DATA",
        "service_requests": "YARDI_SERVICES",
    },
    # The reference lists no reads of this system under a name of its own.
    "YARDI_REST": {},
}
# Leasing platforms are connected, but their records belong to another family of operations.
CRM_INTERFACES: dict[str, dict[str, str]] = {
    "ELISEAI": {},
    "FUNNEL": dict.fromkeys(("crm_prospects", "crm_events"), "FUNNEL_BASE"),
    "KNOCK": dict.fromkeys(("crm_prospects", "crm_events"), "KNOCK_BASE"),
    "RENTCAFE": dict.fromkeys(("crm_communities", "crm_listings"), "RENTCAFE_BASE"),
}

# The type of the job that sets off the reads of a whole sync (assumed; reads are READ_<MODEL>).
SYNC = "SYNC"
# How often a system is synced, unless somebody sets it otherwise (guide: data freshness).
SYNC_FREQUENCY, SYNC_CADENCE = 12, "HOUR"
# How a connection works that nobody has set otherwise.
CONNECTION: Record = {
    "active": True,
    "system": "SANDBOX",
    "sync_frequency": SYNC_FREQUENCY,
    "sync_cadence": SYNC_CADENCE,
    "max_job_concurrency": 1,
    "max_request_frequency": 1,
    "max_request_cadence": "SECOND",
    "is_archived": False,
    "new_properties_are_enabled": True,
    "can_authenticate": True,
    "allow_manual_syncs": True,
    "is_running_sync": False,
    "is_running_data_access_check": False,
}


def reads_of(vendor: str) -> Record:
    """Return which interfaces a system is read through, and which of them feed each model."""
    return {"integration_interfaces": _interfaces(vendor), "models": _models(vendor)}


def _interfaces(vendor: str) -> list[Record]:
    reads = (INTERFACES | CRM_INTERFACES)[vendor].values()
    return [
        {"interface_name": name, "enabled": True, "version": None} for name in dict.fromkeys(reads)
    ]


def _models(vendor: str) -> Record:
    reads = (INTERFACES | CRM_INTERFACES)[vendor]
    return {model: {"enabled": True, "from_interfaces": [name]} for model, name in reads.items()}
