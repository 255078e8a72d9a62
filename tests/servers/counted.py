"""An HTTP server that knows how many of its connections are open, so that a test can wait until it is done."""

from __future__ import annotations

import socket
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.waiting import wait_until


class Counted(ThreadingHTTPServer):
    """Serves each connection on a thread of its own."""

    daemon_threads = True

    def __init__(self, place: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        self.opened = 0
        self._counting = threading.Lock()
        super().__init__(place, handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        with self._counting:  # before its thread begins
            self.opened += 1
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        super().shutdown_request(request)
        with self._counting:
            self.opened -= 1

    def settle(self, seconds: float = 60.0) -> None:
        """Come back when all that was sent to it is read and done with; who spoke to it has to be gone."""
        with socket.create_connection(("127.0.0.1", self.server_address[1])) as last:
            last.shutdown(socket.SHUT_WR)
            last.recv(1)  # it is let in after all that came before
        wait_until(lambda: not self.opened, seconds, step=0.005, why="the server is still busy")
