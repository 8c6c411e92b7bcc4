"""Where the pages and the interface are served, and whether somebody else is there already."""

from __future__ import annotations

import os
import socket

PORT, API_PORT, API_HOST = "PORT", "KINSIGHT_API_PORT", "KINSIGHT_API_HOST"


def pages_port() -> int:
    """The port of the pages."""
    return int(os.environ.get(PORT) or 8501)


def port() -> int | None:
    """The port of the interface: the one after the pages' unless it is set; None where it is ``off``."""
    told = os.environ.get(API_PORT, "")
    return None if told == "off" else int(told or pages_port() + 1)


def host() -> str:
    """The address that the interface listens on: this machine alone unless it is set."""
    return os.environ.get(API_HOST) or "127.0.0.1"


def busy(address: str, number: int) -> str | None:
    """Why nothing can be served there, or None."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((address, number))
        except OSError as error:
            return f"Port {number} can't be used ({error.strerror}): set another one."
    return None
