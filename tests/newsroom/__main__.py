"""Serves the newsroom: until Ctrl-C, or for as long as a command runs.

    python -m tests.newsroom [--port N]
    python -m tests.newsroom [--port N] -- COMMAND ARGUMENTS

In the arguments `{url}` stands for the section URLs, joined by commas. The exit status is
the command's; 2 where something else listens on the port.
"""

import argparse
import signal
import subprocess
import sys

from tests.newsroom import Newsroom

DEMO_SECTIONS = ("world", "city", "politik", "obshchestvo")
DEMO_TROUBLES = ("tracking", "exact_copy", "wire_copy", "consent_wall")


def main(arguments: list[str]) -> int:
    """The exit status: the command's, 0 after Ctrl-C, 2 where the port is taken."""
    own, command = _split(arguments)
    parser = argparse.ArgumentParser(
        prog="python -m tests.newsroom",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="default: a free one")
    port = parser.parse_args(own).port
    try:
        newsroom = Newsroom(sections=DEMO_SECTIONS, page_size=6, troubles=DEMO_TROUBLES, port=port)
    except (OSError, OverflowError) as error:
        print(
            f"ERROR: port {port} of 127.0.0.1 cannot be had: {error}. Choose another: "
            "--port N, 0 for a free one (make crawl PORT=N)",
            file=sys.stderr,
        )
        return 2
    with newsroom:
        return _run(command, newsroom) if command else _serve(newsroom)


def _split(arguments: list[str]) -> tuple[list[str], list[str]]:
    if "--" not in arguments:
        return arguments, []
    dashes = arguments.index("--")
    return arguments[:dashes], arguments[dashes + 1 :]


def _run(command: list[str], newsroom: Newsroom) -> int:
    urls = ",".join(newsroom.section_urls)
    process = subprocess.Popen([part.replace("{url}", urls) for part in command])
    # Ctrl-C reaches the command too (same terminal): it decides how to end, and we with it.
    signal.signal(signal.SIGINT, lambda number, frame: None)
    signal.signal(signal.SIGTERM, lambda number, frame: process.terminate())
    status = process.wait()
    return status if status >= 0 else 128 - status  # as a shell tells of a signal


def _serve(newsroom: Newsroom) -> int:
    print("The newsroom is open. Its sections:", *newsroom.section_urls, sep="\n")
    print("Ctrl-C closes it.", flush=True)
    try:
        signal.pause()
    except KeyboardInterrupt:
        print()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
