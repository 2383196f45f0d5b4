"""Is another package installed that writes into the same folder `mock_server/` as this one?"""

from importlib.metadata import Distribution, distributions

from mock_server.version import DISTRIBUTION

PACKAGE = "mock_server"
_ITS_NAME = "mock-server"


def warning() -> str | None:
    """Return what to do about the other project named `mock-server`, None where it is not here.

    Each of the two overwrites files of the other, so whichever was installed last works by chance.
    """
    found = next((each for each in distributions(name=_ITS_NAME) if _shares_our_folder(each)), None)
    if found is None:
        return None
    return (
        f"the package {_ITS_NAME} {found.version} is installed beside {DISTRIBUTION}, and both keep"
        f" their files in {PACKAGE}/. Remove both, then install this one again:"
        f" pip uninstall {_ITS_NAME} {DISTRIBUTION}"
    )


def _shares_our_folder(found: Distribution) -> bool:
    # An editable install of our own under its former name keeps no files there.
    return any(PACKAGE in path.parts[:-1] for path in found.files or ())
