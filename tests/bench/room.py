"""A room session: thirty browsers' sockets and a wall on one server process, every click through Streamlit itself.

Serves ``KINSIGHT_HOME``. Thirty come in, follow the wall, and answer at one moment; promised is that the wall shows
all of them within two seconds and that none is lost.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import TypeVar

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from analytics.training.tally import WORRY
from data.home import home
from data.rooms.store import rooms_of
from data.rooms.tables import ANSWER
from tests.browser.serving import started

PHONES, PROMISED, PATIENCE = 30, 2.0, 120.0
TRAINER = "Sign in as Imran Shah"
T = TypeVar("T")


class Window:
    """What a browser does with one socket: keep what is drawn, send clicks, rerun fragments when they ask for it."""

    def __init__(self, socket: ClientConnection, page: str, query: str = "") -> None:
        self.texts: dict[str, float] = {}
        self._socket, self._page, self._query = socket, page, query
        self._script = ""
        self._ids: dict[str, str] = {}
        self._widgets: dict[str, WidgetState] = {}
        self._clocks: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()

    async def run(self, *extra: WidgetState, fragment: str = "") -> None:
        """Ask for a run of the script, or of one fragment."""
        asked = BackMsg()
        run = asked.rerun_script
        run.page_name, run.query_string, run.page_script_hash = self._page, self._query, self._script
        run.fragment_id, run.is_auto_rerun = fragment, bool(fragment)
        run.widget_states.widgets.extend([*self._widgets.values(), *extra])
        await self._socket.send(asked.SerializeToString())

    async def type(self, label: str, value: str) -> None:
        """Fill a box, or choose one of several: sent with the next click."""
        found = await self.drawn(lambda: self._ids.get(label))
        self._widgets[found] = WidgetState(id=found, string_value=value)

    async def press(self, label: str) -> None:
        """Click the button whose words begin so."""
        found = await self.drawn(lambda: next((i for words, i in self._ids.items() if words.startswith(label)), None))
        await self.run(WidgetState(id=found, trigger_value=True))

    async def sees(self, words: str) -> float:
        """When it first saw a text that begins so."""
        return await self.drawn(lambda: next((at for told, at in self.texts.items() if told.startswith(words)), None))

    async def drawn(self, found: Callable[[], T | None]) -> T:
        """What ``found`` gives, as soon as it gives something."""
        async with asyncio.timeout(PATIENCE):
            while (value := found()) is None:
                self._changed.clear()
                await self._changed.wait()
        return value

    async def listen(self) -> None:
        """Take in whatever comes until the socket closes."""
        with suppress(ConnectionClosed):
            async for told in self._socket:
                self._take(ForwardMsg.FromString(told))
                self._changed.set()

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session" and not message.new_session.run.fragment_ids:
            self._script = message.new_session.page_script_hash
            self._ids.clear()
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._tick(message.auto_rerun.fragment_id, message.auto_rerun.interval)
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            inner = getattr(element, element.WhichOneof("type"))
            if getattr(inner, "id", "") and getattr(inner, "label", ""):
                self._ids[inner.label] = inner.id
            elif body := getattr(inner, "body", ""):
                self.texts.setdefault(body, time.monotonic())

    def _tick(self, fragment: str, seconds: float) -> None:
        if old := self._clocks.pop(fragment, None):
            old.cancel()

        async def ticking() -> None:
            with suppress(ConnectionClosed):
                while True:
                    await asyncio.sleep(seconds)
                    await self.run(fragment=fragment)

        self._clocks[fragment] = asyncio.create_task(ticking())

    def close(self) -> None:
        """Stop its clocks."""
        for clock in self._clocks.values():
            clock.cancel()


def bench() -> Iterator[tuple[str, bool]]:
    """How long until the room is in, has followed the wall, and stands on it; and what was kept."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder) / "journal.sqlite"
        with started(home().path, journal) as port:
            followed, shown, at_rest = asyncio.run(_session(port))
        os.environ["KINSIGHT_JOURNAL"] = f"sqlite:///{journal}"
        kept = [row["answer"] for row in rooms_of(home()).rows(ANSWER.select())]
    yield f"{PHONES} phones followed the wall in {followed:.2f} s, promised {PROMISED}", followed <= PROMISED
    yield f"the wall showed all {PHONES} answers in {shown:.2f} s, promised {PROMISED}", shown <= PROMISED
    yield f"one answer alone on the wall in {at_rest:.2f} s, promised {PROMISED}", at_rest <= PROMISED
    expected = sorted(WORRY[at % len(WORRY)] for at in range(PHONES))
    yield f"{len(kept)} of {PHONES} answers kept, each as it was given", sorted(kept) == expected


async def _session(port: int) -> tuple[float, float, float]:
    """Seconds until all phones had the question, the wall all answers, and the wall one more after that."""
    async with AsyncExitStack() as stack:
        wall = await stack.enter_async_context(_window(port, "room-session"))
        await wall.press(TRAINER)
        await wall.press("Open a room")
        code = await wall.drawn(lambda: next((text[2:] for text in wall.texts if _is_code(text)), None))
        phones = [await stack.enter_async_context(_window(port, "room", f"code={code}")) for _ in range(PHONES)]
        await asyncio.gather(*(phone.press("Come in") for phone in phones))
        await asyncio.gather(*(phone.sees("**You are in.**") for phone in phones))
        await wall.sees(f"### {PHONES} people")
        await wall.press("Begin this case")
        await wall.press("Now everybody judges")
        began = time.monotonic()
        await asyncio.gather(*(_chooses(phone, WORRY[at % len(WORRY)]) for at, phone in enumerate(phones)))
        followed = time.monotonic() - began
        first, rest = phones[0], phones[1:]
        sent = time.monotonic()
        await first.press("Send")
        alone = await wall.sees(f"### 1 of {PHONES} answered") - sent
        sent = time.monotonic()
        await asyncio.gather(*(phone.press("Send") for phone in rest))
        return followed, await wall.sees(f"### {PHONES} of {PHONES} answered") - sent, alone


async def _chooses(phone: Window, worry: str) -> None:
    asked = "How worried are you"
    found = await phone.drawn(lambda: next((words for words in phone._ids if words.startswith(asked)), None))
    await phone.type(found, worry)


def _is_code(text: str) -> bool:
    return text.startswith("# ") and len(text) == 11 and text[6] == "-"


@asynccontextmanager
async def _window(port: int, page: str, query: str = "") -> AsyncIterator[Window]:
    """A window at ``/page?query``, drawn once."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        window = Window(socket, page, query)
        listening = asyncio.create_task(window.listen())
        await window.run()
        yield window
        window.close()
        listening.cancel()
