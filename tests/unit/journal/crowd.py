"""Run by test_crowd.py in processes of their own: write a number of entries to one journal, or be killed."""

from __future__ import annotations

import sys

from data.journal.journal import Entry, Journal

if __name__ == "__main__":
    journal = Journal(sys.argv[1])
    print("ready", flush=True)
    for number in range(int(sys.argv[2])):
        journal.record(Entry(f"process {sys.argv[3]}", "manager", "see figures", (number,)))
