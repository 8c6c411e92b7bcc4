"""``python -m data``: make the invented city, check files, write the papers, look after accounts and the journal."""

from __future__ import annotations

import sys

from data.commands import Command, main

COMMANDS = (
    Command("generate", "data.city.command", "make the invented city, as raw source files"),
    Command("check", "data.ingest.command", "read files as a build would, and say what is wrong with them"),
    Command("link", "data.linkage.file.command", "say which rows of any table of people are the same person"),
    Command("papers", "data.papers.command", "write the register of sources, the privacy notice and the agreements"),
    Command("erase", "data.retention.command", "erase a person from the next build on, and tell what still holds them"),
    Command("account", "data.access.command", "give somebody an account, change it or close it"),
    Command("journal", "data.journal.command", "verify or back up the access log"),
    Command("rooms", "data.rooms.command", "back up what was said in training rooms"),
)

if __name__ == "__main__":
    sys.exit(main("data", COMMANDS))
