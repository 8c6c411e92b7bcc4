"""Readers of a tiny city, for what they save and take along."""

from __future__ import annotations

from tests.unit.access.conftest import _plain_settings, built, enter, place

__all__ = ["_plain_settings", "built", "enter", "place"]
