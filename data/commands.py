"""What every command has in common: arguments, exit codes, one JSON object on standard output, the rest on error.

A command is a module with ``add_parser(subparsers)`` and ``run(args) -> int``. Only the module of the command that was
asked for is imported: ``check`` should not wait for Splink.
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.snapshot.engine import StoreError

#: Exit codes: 0 done, 1 done and something is wrong (rejected rows, a broken chain), 2 could not be done.
DONE, WRONG, FAILED = 0, 1, 2


@dataclass(frozen=True)
class Command:
    """A word on the command line, and the module that does it."""

    name: str
    module: str
    about: str


def main(program: str, commands: Sequence[Command], argv: Sequence[str] | None = None) -> int:
    """Run one of ``commands`` and return its exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    chosen = next((command for command in commands if arguments and command.name == arguments[0]), None)
    if chosen is None:
        return _overview(program, commands, arguments)
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    return _guarded(lambda: call(chosen.module, arguments, f"python -m {program}"))


def call(module: str, arguments: Sequence[str], program: str | None = None) -> int:
    """Do what ``arguments`` ask of the command in ``module``; the exit code."""
    command = importlib.import_module(module)
    parser = argparse.ArgumentParser(prog=program)
    command.add_parser(parser.add_subparsers(required=True))
    return int(command.run(parser.parse_args(arguments)))


def add_home(parser: argparse.ArgumentParser) -> None:
    """``--home``, of every command that reads or writes a store."""
    parser.add_argument("--home", help="the store (default: KINSIGHT_HOME, else store/)")


def add_json(parser: argparse.ArgumentParser) -> None:
    """``--json``, of every command that also tells people in words."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _overview(program: str, commands: Sequence[Command], arguments: Sequence[str]) -> int:
    wide = max(len(command.name) for command in commands)
    lines = [f"  {command.name:<{wide}}  {command.about}" for command in commands]
    asked = bool(arguments) and arguments[0] in ("-h", "--help")
    stream = sys.stdout if asked else sys.stderr
    print(f"usage: python -m {program} COMMAND ...\n", *lines, "\nCOMMAND --help tells more.", sep="\n", file=stream)
    return DONE if asked else FAILED


def _guarded(run: Callable[[], int]) -> int:
    """Errors that say what to do are shown as they are; any other is a fault of ours and keeps its traceback."""
    try:
        return run()
    except StoreError as error:
        print(str(error), file=sys.stderr)
        return FAILED
    except BrokenPipeError:
        # The reader of our output (head, say) has seen enough. Python would complain again when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        print("Stopped; what was published before still stands.", file=sys.stderr)
        return 130
