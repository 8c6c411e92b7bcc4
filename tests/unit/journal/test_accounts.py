"""Accounts: the last row of each stands, and what somebody did keeps their name."""

from __future__ import annotations

from data.journal.accounts import Account, account, accounts, reader_names, save_account
from data.journal.journal import Journal


def test_whoever_left_has_no_account_and_still_a_name(journal: Journal) -> None:
    save_account(journal, Account("r.osei", "Ruth Hale", "lead_professional"), by="admin")
    save_account(journal, Account("r.osei", "Ruth Osei", "lead_professional", active=False), by="admin")
    assert account(journal, "r.osei") is None
    assert "r.osei" not in [one.id for one in accounts(journal)]
    assert reader_names(journal)["r.osei"] == "Ruth Osei"
