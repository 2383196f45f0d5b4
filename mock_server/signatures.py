"""How Propexo signs what it delivers, and how a receiver tells whether a signature is right."""

import hashlib
import hmac

HEADER = "propexo-signature"


def sign(secret: str, body: bytes) -> str:
    """Return the signature of a body, as it stands in the header: 64 lower-case hex digits.

    It is the HMAC-SHA256 of the very bytes that are sent, without time or prefix (guide: signed
    payloads; that "the payload" means its bytes is inferred).
    """
    return hmac.new(_bytes(secret), body, hashlib.sha256).hexdigest()


def is_signed_by(secret: str, body: bytes, signature: str | None) -> bool:
    """Say whether the signature is this secret's for this body, in a time that gives nothing away.

    Whatever else came in the header, or did not come at all, is no signature; nothing is raised.
    """
    if signature is None:
        return False
    return hmac.compare_digest(_bytes(sign(secret, body)), _bytes(signature))


def _bytes(text: str) -> bytes:
    # Half a surrogate pair may stand in JSON, and has no bytes otherwise.
    return text.encode("utf-8", "surrogatepass")
