"""``python -m data account``: give somebody an account, change it or close it. The journal keeps every version."""

from __future__ import annotations

import argparse
import json
import sys
from dataclasses import asdict, replace

from data.access.roles import ROLES
from data.commands import DONE, FAILED, add_home, add_json
from data.home import home
from data.journal.accounts import Account, account, save_account
from data.journal.journal import Journal, url_of


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``account`` to the command's sub-commands."""
    parser = subparsers.add_parser("account")
    parser.add_argument("id", help="as the identity provider names the person: an e-mail address, say")
    parser.add_argument("--name", help="as colleagues read it")
    parser.add_argument("--role", choices=sorted(ROLES))
    parser.add_argument("--team")
    parser.add_argument("--ward", action="append", help="code of a ward whose people they may see; may be given again")
    parser.add_argument("--close", action="store_true", help="nobody signs in by it from the next click on")
    parser.add_argument("--by", required=True, help="who decided it: it goes into the access log")
    add_home(parser)
    add_json(parser)


def run(args: argparse.Namespace) -> int:
    """Do what ``args`` say; the exit code."""
    journal = Journal(url_of(home(args.home)))
    try:
        made = _changed(account(journal, _id(args.id)), args)
        if isinstance(made, str):
            print(made, file=sys.stderr)
            return FAILED
        save_account(journal, made, by=args.by)
    finally:
        journal.close()
    print(json.dumps(_plain(made)) if args.json else _sentence(made))
    return DONE


def _id(name: str) -> str:
    """Accounts are looked up in small letters: identity providers differ in how they write an address."""
    return name.strip().lower()


def _changed(now: Account | None, args: argparse.Namespace) -> Account | str:
    """The account as it is to be, or what is missing."""
    asked = {"name": args.name, "role": args.role, "team": args.team, "wards": args.ward and frozenset(args.ward)}
    given = {name: value for name, value in asked.items() if value}
    if now is not None:
        made = replace(now, **given, active=not args.close)
    elif args.close:
        return f"there is no open account {_id(args.id)}"
    elif not (args.name and args.role):
        return "a new account needs --name and --role"
    else:
        made = Account(_id(args.id), **given)
    if not ROLES[made.role].whole_city and not made.wards:
        return f"a {ROLES[made.role].label.lower()} sees the people of some wards: name them with --ward"
    return made


def _plain(made: Account) -> dict[str, object]:
    return asdict(made) | {"wards": None if made.wards is None else sorted(made.wards)}


def _sentence(made: Account) -> str:
    if not made.active:
        return f"The account {made.id} is closed."
    where = "the whole city" if ROLES[made.role].whole_city else f"{len(made.wards or ())} wards"
    return f"{made.id}: {made.name}, {ROLES[made.role].label.lower()}, {where}."
