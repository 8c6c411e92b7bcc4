"""``python -m data account``: give somebody an account, change it or close it. The journal keeps every version.

A machine's account has tokens: ``--token`` makes one and prints it, once; ``--revoke`` ends one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace

from data.access.reader import AccessRefused
from data.access.roles import ROLES
from data.access.tokens import issue, revoke
from data.commands import DONE, FAILED, add_home, add_json
from data.home import home
from data.journal.accounts import Account, account, save_account
from data.journal.journal import Journal, url_of
from data.journal.tokens import Token, tokens


def add_parser(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add ``account`` to the command's sub-commands."""
    parser = subparsers.add_parser("account")
    parser.add_argument("id", help="as the identity provider names the person: an e-mail address, say")
    parser.add_argument("--name", help="as colleagues read it")
    parser.add_argument("--role", choices=sorted(ROLES))
    parser.add_argument("--team")
    parser.add_argument("--ward", action="append", help="code of a ward whose people they may see; may be given again")
    parser.add_argument("--token", action="store_true", help="for a machine: make a token, and print it this once")
    parser.add_argument("--days", type=int, default=365, help="for how long the token is good (default: a year)")
    parser.add_argument("--revoke", metavar="TOKEN", help="end this token of the machine, by the number in its middle")
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
        if made != account(journal, made.id):
            save_account(journal, made, by=args.by)
        text = _token(journal, made, args)
        held = tokens(journal, made.id)
    except AccessRefused as refusal:
        print(str(refusal), file=sys.stderr)
        return FAILED
    finally:
        journal.close()
    print(json.dumps(_plain(made, held, text)) if args.json else _sentence(made, held, text))
    return DONE


def _token(journal: Journal, made: Account, args: argparse.Namespace) -> str | None:
    """The new token's text, where one was asked for."""
    if args.revoke:
        revoke(journal, made.id, args.revoke, args.by)
    return issue(journal, made.id, args.days, args.by)[1] if args.token else None


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


def _plain(made: Account, held: Sequence[Token], text: str | None) -> dict[str, object]:
    told = asdict(made) | {"wards": None if made.wards is None else sorted(made.wards)}
    if ROLES[made.role].machine:
        told |= {"tokens": [{"token": one.id, "until": one.until} for one in held], "new_token": text}
    return told


def _sentence(made: Account, held: Sequence[Token], text: str | None) -> str:
    if not made.active:
        return f"The account {made.id} is closed."
    where = "the whole city" if ROLES[made.role].whole_city else f"{len(made.wards or ())} wards"
    lines = [f"{made.id}: {made.name}, {ROLES[made.role].label.lower()}, {where}."]
    lines += [f"Token {one.id}, good until {one.until[:10]}." for one in held]
    return "\n".join([*lines, "The new token, which is not shown again:", text] if text else lines)
