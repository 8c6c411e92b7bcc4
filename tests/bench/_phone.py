"""A phone in a training room without its glass: Streamlit's own wire, spoken as a browser speaks it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress

from streamlit.proto.AutoRerun_pb2 import AutoRerun
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

PATIENCE = 60.0


class Phone:
    """One socket: it keeps what is drawn, sends what is filled in, and reruns fragments when they ask for it."""

    def __init__(self, socket: ClientConnection, page: str, query: str) -> None:
        self._socket, self._page, self._query = socket, page, query
        self._script = ""
        self._widgets: dict[str, tuple[str, str]] = {}
        self._clocks: dict[str, asyncio.Task[None]] = {}
        self._changed = asyncio.Event()

    async def press(self, label: str, filled: Mapping[str, str] | None = None) -> None:
        """Click the button ``label``, and send with it what was ``filled`` in, by the first words of each label."""
        states = [
            WidgetState(id=(await self.has(words))[0], string_value=value) for words, value in (filled or {}).items()
        ]
        button, fragment = await self.has(label)
        await self._run(*states, WidgetState(id=button, trigger_value=True), fragment=fragment)

    async def has(self, label: str) -> tuple[str, str]:
        """Wait until there is something to fill in or to press whose label begins so: its id, and its fragment's."""
        async with asyncio.timeout(PATIENCE):
            while (found := next((at for words, at in self._widgets.items() if words.startswith(label)), None)) is None:
                self._changed.clear()
                await self._changed.wait()
        return found

    async def _run(self, *states: WidgetState, fragment: str = "", clock: bool = False) -> None:
        """Ask for a run of the script, or of one fragment: by its address at first, by its hash once that is known."""
        asked = BackMsg()
        run = asked.rerun_script
        run.page_name, run.page_script_hash = ("", self._script) if self._script else (self._page, "")
        run.query_string, run.fragment_id, run.is_auto_rerun = self._query, fragment, clock
        run.widget_states.widgets.extend(states)
        await self._socket.send(asked.SerializeToString())

    async def listen(self) -> None:
        """Come to the page, and take in whatever it brings until the socket closes."""
        await self._run()
        async for told in self._socket:
            self._take(ForwardMsg.FromString(told))
            self._changed.set()

    def close(self) -> None:
        """Stop its clocks."""
        self._stop(list(self._clocks))

    def _take(self, message: ForwardMsg) -> None:
        kind = message.WhichOneof("type")
        if kind == "new_session":
            anew = message.metadata.run.fragment_ids
            self._widgets = {label: at for label, at in self._widgets.items() if anew and at[1] not in anew}
        elif kind == "navigation":
            self._script = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self._query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self._tick(message.auto_rerun)
        elif kind == "stop_auto_rerun":
            self._stop(list(message.stop_auto_rerun.fragment_ids))
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            element = message.delta.new_element
            inner = getattr(element, str(element.WhichOneof("type")))
            if getattr(inner, "id", "") and getattr(inner, "label", ""):
                self._widgets[inner.label] = inner.id, message.delta.fragment_id

    def _tick(self, asked: AutoRerun) -> None:
        async def ticking() -> None:
            with suppress(ConnectionClosed):
                while True:
                    await asyncio.sleep(asked.interval)
                    await self._run(fragment=asked.fragment_id, clock=True)

        if asked.fragment_id not in self._clocks:
            self._clocks[asked.fragment_id] = asyncio.create_task(ticking())

    def _stop(self, fragments: list[str]) -> None:
        for clock in (self._clocks.pop(fragment) for fragment in fragments if fragment in self._clocks):
            clock.cancel()


@asynccontextmanager
async def phone(port: int, page: str, query: str = "") -> AsyncIterator[Phone]:
    """A phone at ``/page?query``."""
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    async with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        made = Phone(socket, page, query)
        listening = asyncio.create_task(made.listen())
        yield made
        made.close()
        listening.cancel()
