"""What a proxy in front says of the call that it passes on."""

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix


def trust(app: Flask, proxies: int) -> None:
    """Take scheme, host and prefix from this many proxies; anybody can send their headers."""
    if proxies:
        fixed = ProxyFix(app.wsgi_app, x_for=0, x_proto=proxies, x_host=proxies, x_prefix=proxies)
        app.wsgi_app = fixed  # type: ignore[method-assign]
