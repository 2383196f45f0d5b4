"""How a method of a client's class is replaced, and put back."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def replaced(owner: Any, name: str, make: Callable[[Any], Any]) -> Iterator[None]:
    """Put what `make` returns for the original in its place; raises `AttributeError` without one.

    A subclass that another library made, such as a mock, keeps its own method.
    """
    original = owner.__dict__[name] if name in vars(owner) else getattr(owner, name)
    setattr(owner, name, make(original))
    try:
        yield
    finally:
        setattr(owner, name, original)
