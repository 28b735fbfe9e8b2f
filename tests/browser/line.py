"""The line between a phone and the server, which a test may cut, or make deaf so that requests arrive and answers do not."""

import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

CHUNK = 65_536


class Line:
    """Forwards what comes to its own port. up: both ways. deaf: what the phone sends arrives, nothing comes back."""

    def __init__(self, server_url: str) -> None:
        found = urlsplit(server_url)
        self._target = (found.hostname, found.port)
        self._door = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._door.getsockname()[1]}"
        self.up, self.deaf = True, False
        self._open: set[socket.socket] = set()
        threading.Thread(target=self._serve, daemon=True).start()

    def cut(self) -> None:
        self.up = False
        self._hang_up()

    def mend(self) -> None:
        self.up, self.deaf = True, False
        self._hang_up()

    def make_deaf(self) -> None:
        self.deaf = True

    def close(self) -> None:
        self.cut()
        self._door.close()

    def _hang_up(self) -> None:
        for one in list(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                phone, _address = self._door.accept()
                if self.up:
                    threading.Thread(target=self._talk, args=(phone,), daemon=True).start()
                else:
                    phone.close()

    def _talk(self, phone: socket.socket) -> None:
        with phone, suppress(OSError), socket.create_connection(self._target) as server:
            ends = {phone, server}
            self._open |= ends
            back = threading.Thread(target=self._pass_on, args=(server, phone), kwargs={"answers": True}, daemon=True)
            back.start()
            self._pass_on(phone, server)
            back.join()
            self._open -= ends

    def _pass_on(self, source: socket.socket, target: socket.socket, *, answers: bool = False) -> None:
        with suppress(OSError):
            while data := source.recv(CHUNK):
                if answers and self.deaf:
                    # The server has done it; the phone hears nothing but the end of the connection.
                    break
                target.sendall(data)
        for one in (source, target):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
