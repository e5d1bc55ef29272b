"""Finds the site files; a fault in one is told and leaves the others usable."""

import signal
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from scrapy import Request, Spider
from scrapy.settings import BaseSettings
from scrapy.utils.spider import iter_spider_classes

from crawler.extensions.one_line import one_line

IMPORT_LIMIT_S = 30.0
"""Seconds for the import of one site file: the first one imports the program too, which takes
seconds on a slow machine; nothing else in a declaration takes any time."""


class SiteLoader:
    """Scrapy's spider loader for one package of site files, each imported on its own."""

    def __init__(self, packages: list[str]) -> None:
        self.faults: dict[str, str] = {}
        """For each module that could not be used: why, in one line."""
        self._sites: dict[str, type[Spider]] = {}
        for package in packages:
            for module in iter_modules(import_module(package).__path__, f"{package}."):
                self._load(module.name)

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> "SiteLoader":
        """Read SPIDER_MODULES, once in a process: a broken file may take its time again."""
        return _read(*settings.getlist("SPIDER_MODULES"))

    def load(self, spider_name: str) -> type[Spider]:
        """The site of this name. Raises KeyError."""
        return self._sites[spider_name]

    def list(self) -> Sequence[str]:
        """The names of all usable sites."""
        return sorted(self._sites)

    @property
    def fault_lines(self) -> Sequence[str]:
        """One line for each site file that could not be used."""
        return [f"the site file {name} is not usable: {why}" for name, why in self.faults.items()]

    def find_by_request(self, request: Request) -> Sequence[str]:
        """The sites whose domain a request belongs to."""
        return [name for name, site in self._sites.items() if site.handles_request(request)]

    def _load(self, module_name: str) -> None:
        try:
            with _time_limit(IMPORT_LIMIT_S):
                module = import_module(module_name)
            self._add(module)
        except (Exception, SystemExit) as error:
            self.faults[module_name] = one_line(error)

    def _add(self, module: ModuleType) -> None:
        for site in iter_spider_classes(module):
            if (other := self._sites.get(site.name)) is not None:
                self.faults[module.__name__] = (
                    f"the name {site.name!r} is taken by {other.__module__}; choose another"
                )
                continue
            self._sites[site.name] = site


@cache
def _read(*packages: str) -> SiteLoader:
    return SiteLoader(list(packages))


@contextmanager
def _time_limit(seconds: float) -> Iterator[None]:
    """Raise TimeoutError in what takes longer; a signal can do so in the main thread alone."""

    def ring(_number: int, _frame: object) -> None:
        raise TimeoutError(f"it was not loaded within {seconds:g} s; it must declare, not wait")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
