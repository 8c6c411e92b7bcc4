"""Disclosure control: the rules that every count of people passes before anybody sees it."""
