"""Which environment variables have our prefix and are no settings of a server?"""

import re
from collections.abc import Iterator, Mapping

# They say to clients where a server is; `mock-server exec` sets them.
_OF_CLIENTS = frozenset({"URL", "TOKEN"})
_ENDPOINT = re.compile(r"(tcp|udp|sctp)://[^/]+:\d+")
# Kubernetes describes every service of the namespace to every pod, and a Docker link describes the
# linked container: https://kubernetes.io/docs/concepts/services-networking/service/ and
# https://docs.docker.com/engine/network/links/. The value's form is checked where a name alone
# could also be a misspelt setting.
_FORMS = tuple(
    (re.compile(rf"(\w+_)?{name}"), re.compile(value))
    for name, value in (
        (r"SERVICE_HOST", r".*"),
        (r"SERVICE_PORT(_[A-Z0-9_]+)?", r"\d+"),
        (r"PORT", _ENDPOINT.pattern),
        (r"PORT_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?((_PORT)?_(START|END))?", r".*"),
        (r"NAME", r"/[^/]+/.+"),
        (r"ENV_\w+", r"(?s:.*)"),
    )
)


def without_service_links(environment: Mapping[str, str], prefix: str) -> Mapping[str, str]:
    """Return the environment without the variables that are for clients or describe a service.

    Kubernetes and Docker set those for a service or a container of another project whose name
    begins like `prefix`: `mock-server` gives `MOCK_SERVER_PORT`.
    """
    links = {*_links(environment, prefix)}
    return {name: value for name, value in environment.items() if name not in links}


def _links(environment: Mapping[str, str], prefix: str) -> Iterator[str]:
    for name, value in environment.items():
        rest = name.removeprefix(prefix)
        if rest != name and (rest in _OF_CLIENTS or _describes_service(rest, value)):
            yield name


def _describes_service(name: str, value: str) -> bool:
    return any(form.fullmatch(name) and wanted.fullmatch(value) for form, wanted in _FORMS)
