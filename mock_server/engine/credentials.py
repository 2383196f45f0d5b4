"""Is a credential one that somebody chose, or the trace of a mistake?"""

import re
from functools import lru_cache

from mock_server.engine.refusals import Unauthenticated

_MOST_CHARACTERS = 4_096
# What programs send in place of a value that was never set.
_UNSET = frozenset({"undefined", "null", "none", "nil", "nan"})
# Words that can stand around such a value: a second scheme, and JavaScript's `[object Object]`.
_AROUND = frozenset({"bearer", "object"})
_QUOTES = ('"', "'", "`")


# A client sends the same one with every call. Only good ones are kept, and these are short.
@lru_cache(maxsize=256)
def chosen(text: str) -> str:
    """Return the credential without the blanks around it.

    Raises `Unauthenticated` for one that nobody can have meant. Such a credential must not get the
    shared world: its sender believes in another one, and may reset it.
    """
    credential = text.strip(" \t")
    words = set(re.findall(r"[^\W_]+", credential[:_MOST_CHARACTERS].lower()))
    if not (credential.isascii() and credential.isprintable()):
        raise Unauthenticated("the credential has characters other than printable ASCII")
    if not words:
        # A server passes on a header that it cannot decode as an empty one.
        raise Unauthenticated("the credential is empty, or not printable ASCII")
    if len(credential) > _MOST_CHARACTERS:
        raise Unauthenticated(f"the credential has more than {_MOST_CHARACTERS:,} characters")
    if words <= _UNSET | _AROUND:
        raise Unauthenticated("the credential is the name of an unset value; was a variable set?")
    if credential.startswith(_QUOTES):
        raise Unauthenticated(
            "the credential begins with a quotation mark; send it without quotation marks"
        )
    return credential
