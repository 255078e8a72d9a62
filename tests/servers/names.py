"""A DNS server on a free port of 127.0.0.1, which knows what a test tells it."""

from __future__ import annotations

import socket
import threading

import dns.flags
import dns.message
import dns.rcode
import dns.resolver
import dns.rrset


class Names:
    """Answers by UDP; `rows` are records by (name, kind), as text. A name without any is NXDOMAIN."""

    def __init__(self) -> None:
        self.rows: dict[tuple[str, str], list[str]] = {}
        self.asked: list[tuple[str, str]] = []
        self.silent = False
        self.garbles = False
        self.rcode: int | None = None
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self._socket.bind(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def add(self, name: str, kind: str, *rows: str) -> None:
        self.rows[(name.lower(), kind)] = list(rows)

    def resolver(self) -> dns.resolver.Resolver:
        """One that asks nobody else."""
        made = dns.resolver.Resolver(configure=False)
        made.nameservers, made.port = ["127.0.0.1"], self.port
        return made

    def _serve(self) -> None:
        while True:
            raw, whom = self._socket.recvfrom(4096)
            if raw == b"stop":
                return
            if not self.silent:
                self._socket.sendto(b"\x00" * 7 if self.garbles else self._answer(raw), whom)

    def _answer(self, raw: bytes) -> bytes:
        asked = dns.message.from_wire(raw)
        (question,) = asked.question
        name, kind = question.name.to_text(omit_final_dot=True).lower(), dns.rdatatype.to_text(question.rdtype)
        self.asked.append((name, kind))
        told = dns.message.make_response(asked)
        told.flags |= dns.flags.AA
        rows = self.rows.get((name, kind))
        if rows:
            told.answer.append(dns.rrset.from_text_list(question.name, 60, "IN", kind, rows))
        elif not any(known == name for known, _ in self.rows):
            told.set_rcode(dns.rcode.NXDOMAIN)
        if self.rcode is not None:
            told.set_rcode(dns.rcode.Rcode(self.rcode))
        return told.to_wire()

    def stop(self) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as other:
            other.sendto(b"stop", ("127.0.0.1", self.port))
        self._thread.join(5)
        self._socket.close()
