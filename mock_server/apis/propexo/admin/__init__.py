"""What an account says about its own connections: a table of contents of the admin operations."""

from mock_server.apis.propexo.admin import (
    configurations,
    data_access,
    integrations,
    license_keys,
    logs,
    normalization,
    pms_limits,
    retries,
    schedules,
    syncing,
    users,
    webhooks,
)

_INTEGRATION = "/v1/admin/integrations/{integration_id}"
_PROPERTY = "{property_configuration_id}"
_LIST = "{property_list_configuration_id}"

BEHAVIOURS = {
    "POST /v1/admin/integrations/": integrations.create,
    f"GET {_INTEGRATION}/": integrations.fetch,
    f"PUT {_INTEGRATION}/": integrations.update,
    f"DELETE {_INTEGRATION}/": integrations.archive,
    f"POST {_INTEGRATION}/manual-sync": syncing.sync,
    f"POST {_INTEGRATION}/back-sync": syncing.back_sync,
    f"POST {_INTEGRATION}/data-access": data_access.check,
    f"GET {_INTEGRATION}/data-access": data_access.fetch,
    f"GET {_INTEGRATION}/rate-limits/": pms_limits.fetch,
    f"GET {_INTEGRATION}/job-schedules/{{job_schedule_id}}/": schedules.fetch,
    f"PUT {_INTEGRATION}/properties/{_PROPERTY}": configurations.update_property,
    f"PUT {_INTEGRATION}/properties/batch": configurations.update_properties,
    f"POST {_INTEGRATION}/property-lists": configurations.add_property_list,
    f"PUT {_INTEGRATION}/property-lists/{_LIST}": configurations.update_property_list,
    "PUT /v1/admin/license-keys/entrata": license_keys.put,
    "GET /v1/admin/normalization/{model}/{field}": normalization.fetch,
    "GET /v1/admin/users/{id}": users.fetch,
    "GET /v1/admin/logs/writes/": logs.list_writes,
    "GET /v1/admin/logs/jobs/{id}": logs.fetch_history,
    "GET /v1/admin/job-logs/{job_log_id}/data": logs.fetch_content,
    "GET /v1/admin/data-diffs/": logs.list_data_changes,
    "POST /v1/admin/retry-write/{root_job_id}": retries.retry,
    "POST /v1/webhooks/": webhooks.create,
    "PUT /v1/webhooks/{webhook_id}": webhooks.update,
    "DELETE /v1/webhooks/{webhook_id}": webhooks.delete,
}
