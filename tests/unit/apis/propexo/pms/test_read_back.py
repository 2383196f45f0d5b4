"""Does Propexo's copy follow a write at once where the documents say so, or as a setting says?"""

from typing import Any

import pytest

from mock_server.apis.propexo.pms.read_back import CHOICES, reads_back
from mock_server.engine.call import Call
from mock_server.settings import Settings

CREATE, UPDATE = "POST /v1/leads/", "PUT /v1/leads/{id}"
NOTE, CANCEL = "POST /v1/events/leads/entrata/", "POST /v1/events/appointments/leads/cancel"


def called(propexo: Any, key: str, chosen: str) -> Call:
    settings = Settings(read_back=chosen)
    return Call(propexo.api, propexo.api.catalogue[key], settings, path={}, headers={})


@pytest.mark.parametrize(
    ("key", "vendor", "model", "expected"),
    [
        (CREATE, "RENTMANAGER", "leads", True),
        (CREATE, "ENTRATA", "leads", False),
        (NOTE, "ENTRATA", "events", False),
        ("POST /v1/service-requests/", "ENTRATA", "service_requests", True),
    ],
)
def test_a_new_record_is_read_back_where_its_id_is_told(
    key: str,
    vendor: str,
    model: str,
    expected: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
) -> None:
    assert reads_back(called(propexo, key, "documented"), vendor, model) is expected


@pytest.mark.parametrize(
    ("vendor", "model", "expected"),
    [
        ("RENTMANAGER", "leads", True),
        ("ENTRATA", "leads", False),
        # Leads are read back at MRI, and so are events, but properties are made by no operation.
        ("MRI", "events", True),
        ("MRI", "properties", False),
    ],
)
def test_an_update_is_read_back_where_some_new_record_of_the_model_is(
    vendor: str,
    model: str,
    expected: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
) -> None:
    assert reads_back(called(propexo, UPDATE, "documented"), vendor, model) is expected


@pytest.mark.parametrize(("vendor", "expected"), [("APPFOLIO", True), ("RENTMANAGER", False)])
def test_a_cancellation_is_no_update_and_is_read_back_where_its_own_page_says_so(
    vendor: str,
    expected: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
) -> None:
    assert reads_back(called(propexo, CANCEL, "documented"), vendor, "events") is expected


@pytest.mark.parametrize("key", ["POST /v1/applicants/", "POST /v1/applicants/yardi/"])
def test_a_generic_write_is_read_back_as_the_one_of_the_pms_itself(key: str, propexo: Any) -> None:
    assert reads_back(called(propexo, key, "documented"), "YARDI", "applicants")


@pytest.mark.parametrize("key", [CREATE, UPDATE, CANCEL])
@pytest.mark.parametrize(("chosen", "expected"), [("always", True), ("never", False)])
def test_the_setting_overrules_the_documents(
    key: str,
    chosen: str,
    expected: bool,  # noqa: FBT001 - a table's column
    propexo: Any,
) -> None:
    for vendor in ("RENTMANAGER", "ENTRATA"):
        assert reads_back(called(propexo, key, chosen), vendor, "leads") is expected


def test_the_setting_offers_every_choice_and_no_other() -> None:
    assert {Settings(read_back=each).read_back for each in CHOICES} == {*CHOICES}
    with pytest.raises(ValueError, match="documented, always, never"):
        Settings(read_back="sometimes")
