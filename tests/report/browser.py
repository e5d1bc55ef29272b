"""A real Chromium, asked over the pipe of its DevTools protocol: no driver, no port."""

import json
import os
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
_PATIENCE_S = 60
_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--remote-debugging-pipe",
)  # fmt: skip
# The browser reads from descriptor 3 and writes to 4.
_START = """
import os, sys
asked, said, *command = sys.argv[1:]
os.dup2(int(asked), 3)
os.dup2(int(said), 4)
os.execv(command[0], command)
"""


class Browser:
    """One browser for many pages, until it is closed (`contextlib.closing`)."""

    def __init__(self, profile: Path) -> None:
        asked, self._ask = os.pipe()
        self._hear, said = os.pipe()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, str(asked), str(said), str(CHROMIUM), *_OPTIONS,
             f"--user-data-dir={profile}"],
            pass_fds=(asked, said), stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(asked)
        os.close(said)
        self._number, self._rest = 0, b""
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        """What the page that was opened last told: requests, errors, its end of loading."""

    def close(self) -> None:
        """End the browser."""
        os.close(self._ask)  # it ends by itself when no one can ask any more
        os.close(self._hear)
        self._process.wait(_PATIENCE_S)

    def open(self, file: Path, *, width: int, is_dark: bool = False) -> None:
        """Load a page of the disk into a window of `width` CSS pixels."""
        self._session = None
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        self.events = []
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900,
                  deviceScaleFactor=1, mobile=width < 600)  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.call("Emulation.setEmulatedMedia", features=[scheme])
        self.call("Page.navigate", url=file.as_uri())
        while not self.heard("Page.loadEventFired"):
            self.events.append(self._message())

    def evaluate(self, script: str) -> Any:
        """The value of an expression in the page, whatever scripts the page itself allows."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in done, done
        return done["result"].get("value")

    def heard(self, *methods: str) -> list[dict[str, Any]]:
        """The events of these kinds."""
        return [event["params"] for event in self.events if event.get("method") in methods]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Ask, and wait for the answer."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._ask, json.dumps(message).encode() + b"\0")
        while (answer := self._message()).get("id") != self._number:
            self.events.append(answer)
        assert "error" not in answer, answer
        result: dict[str, Any] = answer["result"]
        return result

    def _message(self) -> dict[str, Any]:
        until = time.monotonic() + _PATIENCE_S
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._hear], [], [], until - time.monotonic())
            assert ready, "the browser is silent"
            part = os.read(self._hear, 1 << 16)
            assert part, "the browser is gone"
            self._rest += part
        message, _, self._rest = self._rest.partition(b"\0")
        found: dict[str, Any] = json.loads(message)
        return found
