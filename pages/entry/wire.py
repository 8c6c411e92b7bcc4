"""Streamlit's own wire: a visit to a running server without a browser."""

from __future__ import annotations

from collections.abc import Iterator

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol


def visit(port: int, path: str = "", seconds: float = 60.0) -> list[ForwardMsg]:
    """Everything that a stranger's first visit to ``/path`` brings, until the script has finished.

    Raises `OSError` where nothing listens yet, and `TimeoutError` after ``seconds`` without a message.
    """
    address = f"ws://127.0.0.1:{port}/_stcore/stream"
    with connect(address, subprotocols=[Subprotocol("streamlit")], max_size=None) as socket:
        hello = BackMsg()
        hello.rerun_script.page_name = path
        socket.send(hello.SerializeToString())
        return list(_until_finished(socket, seconds))


def _until_finished(socket: ClientConnection, seconds: float) -> Iterator[ForwardMsg]:
    while True:
        message = ForwardMsg.FromString(socket.recv(timeout=seconds, decode=False))
        yield message
        if message.WhichOneof("type") == "script_finished":
            return
