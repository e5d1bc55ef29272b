"""ON_UNHEALTHY: a command that tells someone."""

import json
import subprocess

from scrapy.settings import BaseSettings
from scrapy.statscollectors import StatsCollector

from crawler.health import Fault


def run_hook(settings: BaseSettings, stats: StatsCollector, *, site: str, run_id: str) -> str:
    """Run ON_UNHEALTHY where it is due; what went wrong with it, or ""."""
    command = settings.get("ON_UNHEALTHY", "")
    if not command or not stats.get_value("health/is_news"):
        return ""
    facts = {
        "site": site,
        "fault": stats.get_value("health/fault"),
        "evidence": stats.get_value("health/evidence"),
        "advice": Fault(stats.get_value("health/fault")).advice,
        "run_id": run_id,
    }
    return _run(command, facts, settings.getfloat("ON_UNHEALTHY_TIMEOUT_S"))


def _run(command: str, facts: dict[str, str], timeout_s: float) -> str:
    # `env` adds the variables: only the settings read the environment.
    variables = [f"BROADSHEET_{name.upper()}={value}" for name, value in facts.items()]
    try:
        done = subprocess.run(  # noqa: S603  (the operator's own command)
            ["/usr/bin/env", *variables, "/bin/sh", "-c", command],
            input=json.dumps(facts, ensure_ascii=False) + "\n",
            text=True, timeout=timeout_s, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return f"ON_UNHEALTHY took longer than {timeout_s:g} s and was ended: {command}"
    if done.returncode:
        return f"ON_UNHEALTHY ended with status {done.returncode}: {command}"
    return ""
