"""Many readers at once, without a browser: each holds a websocket open, as its page would.

`python -m tests.benchmarks.load --readers 50 --reruns 40 --think 5` serves the app in a process of
its own and prints what the readers waited for, and what the server took.
"""

import argparse
import asyncio
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import numpy as np
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import ClientConnection, connect

from tests.server import Server, serving

Value = float | str | bool
Inputs = Mapping[str, Sequence[Value]]
"""What a reader sets, one after the other: keys of widgets, and values to choose from."""

WAGE = "input_wage_yen_per_hour"

INPUTS: Inputs = {
    "said_headcount": range(1, 500),
    WAGE: range(1_100, 3_000),
    "said_sites": range(1, 12),
    "said_travel": range(5, 120, 5),
}
"""What says a plan on page 1, and what it is worth."""

PATIENCE = 120
"""Seconds after which a reader gives up."""

TICKS = os.sysconf("SC_CLK_TCK")


class Rerun(NamedTuple):
    """One run of the page: what its reader waited for, and what came."""

    seconds: float
    messages: int
    bytes: int


class Reader:
    """A session of the app.

    Attributes:
        kinds: what each element of the page is, as Streamlit calls it.
        exceptions: what the page said of errors of its own.
    """

    def __init__(self, socket: ClientConnection, address: str, page: str, query: str) -> None:
        self.kinds: list[str] = []
        self.exceptions: list[str] = []
        self._socket = socket
        self._address, self._page, self._query = address, page, query
        self._widgets: dict[str, str] = {}
        self._set: dict[str, Value] = {}
        self._kept: dict[str, ForwardMsg] = {}
        self._seen: dict[str, ForwardMsg] = {}

    async def rerun(self, **values: Value) -> Rerun:
        """Set widgets, named by their keys, and wait until the page has been run."""
        self._set |= {self.widget(key): value for key, value in values.items()}
        began, messages, size = time.perf_counter(), 0, 0
        await self._socket.send(self._request().SerializeToString())
        while True:
            received = await asyncio.wait_for(self._socket.recv(decode=False), PATIENCE)
            message = self._whole(ForwardMsg.FromString(received))
            messages, size = messages + 1, size + len(received)
            self._note(message)
            if message.WhichOneof("type") == "script_finished":
                self._kept, self._seen = self._seen, {}
                return Rerun(time.perf_counter() - began, messages, size)

    def widget(self, key: str) -> str:
        """Return the identity of the widget with a key."""
        (found,) = [one for one in self._widgets if one.endswith(f"-{key}")]
        return found

    def _whole(self, message: ForwardMsg) -> ForwardMsg:
        """Return a message, or the one of the last run that it refers to, as a browser does."""
        if message.WhichOneof("type") == "ref_hash":
            message = self._kept[message.ref_hash]
        if message.metadata.cacheable:
            self._seen[message.hash] = message
        return message

    def _request(self) -> BackMsg:
        request = BackMsg()
        run = request.rerun_script
        run.query_string, run.page_name = self._query, self._page
        run.cached_message_hashes.extend(self._kept)
        run.context_info.url = self._address
        run.context_info.timezone, run.context_info.locale = "Asia/Tokyo", "ja-JP"
        # As a browser does, all that was set in widgets that are still there.
        self._set = {one: value for one, value in self._set.items() if one in self._widgets}
        for identity, value in self._set.items():
            run.widget_states.widgets.append(self._state(identity, value))
        return request

    def _state(self, identity: str, value: Value) -> WidgetState:
        match value:
            case bool():
                return WidgetState(id=identity, bool_value=value)
            case str() if self._widgets[identity] == "button_group":
                state = WidgetState(id=identity)
                state.string_array_value.data.append(value)
                return state
            case str():
                return WidgetState(id=identity, string_value=value)
            case _:
                return WidgetState(id=identity, double_value=value)

    def _note(self, message: ForwardMsg) -> None:
        match message.WhichOneof("type"):
            case "new_session":
                self._widgets, self.kinds = {}, []
            case "delta" if message.delta.WhichOneof("type") == "new_element":
                element = message.delta.new_element
                kind = str(element.WhichOneof("type"))
                self.kinds.append(kind)
                if kind == "exception":
                    self.exceptions.append(element.exception.message)
                if identity := getattr(getattr(element, kind), "id", ""):
                    self._widgets[identity] = kind
            case "delta" if message.delta.WhichOneof("type") == "add_block":
                block = message.delta.add_block
                kind = str(block.WhichOneof("type") or "container")
                self.kinds.append(kind)
                if identity := block.id or getattr(getattr(block, kind, None), "id", ""):
                    self._widgets[identity] = kind


@asynccontextmanager
async def reading(url: str, page: str = "", **parameters: str) -> AsyncIterator[Reader]:
    """Open a page, named as in its address, in a session of its own, not yet run."""
    stream = f"{url.replace('http', 'ws', 1)}/_stcore/stream"
    async with connect(
        stream,
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=url,  # type: ignore[arg-type]
        max_size=None,
        compression=None,
        ping_interval=None,
        open_timeout=PATIENCE,
    ) as socket:
        yield Reader(socket, url, page, urlencode(parameters))


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has taken since it began."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(process: int) -> int:
    """Return the bytes that a process keeps in memory."""
    status = Path(f"/proc/{process}/status").read_text()
    (line,) = [line for line in status.splitlines() if line.startswith("VmRSS")]
    return int(line.split()[1]) * 1024


class Load(NamedTuple):
    """What many readers met.

    Attributes:
        first: seconds of each reader's first view.
        reruns: every rerun after it, in the order in which they ended.
        processor: seconds of processor time of all reruns.
        memory: bytes that the server held before the first reader, and after each rerun.
    """

    first: list[float]
    reruns: list[Rerun]
    processor: float
    memory: list[int]

    def seconds(self, share: float) -> float:
        """Return the seconds within which so large a share of the reruns ended."""
        return float(np.quantile([one.seconds for one in self.reruns], share))

    @property
    def growth(self) -> float:
        """Bytes by which the server grows with each rerun, in the later half of them."""
        later = self.memory[len(self.memory) // 2 :]
        return float(np.polyfit(range(len(later)), later, 1)[0])

    def __str__(self) -> str:
        number = len(self.reruns)
        before, *_between, after = self.memory
        return (
            f"{len(self.first)} readers, {number:,} reruns:"
            f" {self.seconds(0.5):.2f} s (median), {self.seconds(0.95):.2f} s (95 %),"
            f" first view {np.quantile(self.first, 0.95):.2f} s (95 %);"
            f" {1000 * self.processor / number:.0f} ms of processor time,"
            f" {statistics.mean(one.messages for one in self.reruns):.0f} messages and"
            f" {statistics.mean(one.bytes for one in self.reruns) / 1000:.1f} kB a rerun;"
            f" memory {before / 1e6:.0f} MB, then {after / 1e6:.0f} MB"
        )


def _change(inputs: Inputs, step: int, draw: random.Random) -> dict[str, Value]:
    if not inputs:
        return {}
    key = list(inputs)[step % len(inputs)]
    return {key: draw.choice(inputs[key])}


async def _load(
    server: Server,
    readers: int,
    reruns: int,
    think: float,
    inputs: Inputs,
    held: Callable[[int], int],
    page: str,
) -> Load:
    async with reading(server.url, page) as warm:
        await warm.rerun()
    load = Load([], [], 0.0, [held(server.process)])
    opened, begun = asyncio.Barrier(readers + 1), asyncio.Event()

    async def read(number: int) -> None:
        draw = random.Random(number)  # noqa: S311
        async with reading(server.url, page) as reader:
            load.first.append((await reader.rerun()).seconds)
            await opened.wait()
            await begun.wait()
            for step in range(reruns):
                await asyncio.sleep(draw.uniform(0, think))
                load.reruns.append(await reader.rerun(**_change(inputs, step, draw)))
                load.memory.append(held(server.process))
            assert not reader.exceptions, reader.exceptions

    async with asyncio.TaskGroup() as all_readers:
        for number in range(readers):
            all_readers.create_task(read(number))
        await opened.wait()
        before = processor_seconds(server.process)
        begun.set()
    return load._replace(processor=processor_seconds(server.process) - before)


def load(
    server: Server,
    readers: int,
    reruns: int,
    think: float = 0,
    inputs: Inputs = INPUTS,
    held: Callable[[int], int] = memory,
    page: str = "",
) -> Load:
    """Let readers work a server at the same time.

    Args:
        server: what they open.
        readers: how many.
        reruns: how often each of them changes something.
        think: the longest that one of them thinks before it does, in seconds.
        inputs: what they change; without any, the page is run again as it stands.
        held: tells how many bytes a process holds.
        page: the one that they read, named as in its address; page 1 without a name.
    """
    return asyncio.run(_load(server, readers, reruns, think, inputs, held, page))


def main(arguments: Sequence[str]) -> None:
    """Serve the app, and print what a load on it leads to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--readers", type=int, default=50)
    parser.add_argument("--reruns", type=int, default=40, help="of each reader")
    parser.add_argument("--think", type=float, default=5, help="seconds, at most")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as home, serving(Path(home)) as server:
        print(load(server, given.readers, given.reruns, given.think))


if __name__ == "__main__":
    main(sys.argv[1:])
