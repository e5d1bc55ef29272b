"""The lines of the newest stories of each site, from which its boilerplate is learned."""

import json
import sqlite3
import zlib
from pathlib import Path

from pipelines.boilerplate import SiteMemory, Trace, traces_of
from pipelines.items import Article
from pipelines.ledger.database import Database


class Boilerplate(Database):
    """What sites have taught about their boilerplate."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        super().__init__(connection, path)
        self._memories: dict[str, SiteMemory] = {}

    def boilerplate(self, site: str) -> SiteMemory:
        """The memory of a site: read once, then kept up with what is accepted."""
        if site not in self._memories:
            memory = self._memories[site] = SiteMemory()
            rows = self._rows(
                "SELECT cluster_id, lines FROM story_lines WHERE site = ? ORDER BY story", (site,)
            )
            for cluster_id, lines in rows:
                memory.add(cluster_id, _unpack(lines))
        return self._memories[site]

    def taught_sites(self) -> list[str]:
        """The sites whose stories are remembered."""
        return [row[0] for row in self._rows("SELECT DISTINCT site FROM story_lines")]

    def _learn(self, story: int, article: Article) -> None:
        """Remember the lines of a new story, and forget those for which there is no more room."""
        traces = traces_of(article.lines)
        forgotten = self.boilerplate(article.site).add(article.cluster_id, traces)
        if forgotten is None:
            return
        self._connection.executemany(
            "DELETE FROM story_lines WHERE site = ? AND cluster_id = ?",
            [(article.site, cluster_id) for cluster_id in forgotten],
        )
        self._connection.execute(
            "INSERT INTO story_lines VALUES (?, ?, ?, ?)",
            (article.site, story, article.cluster_id, _pack(traces)),
        )


def _pack(traces: tuple[Trace, ...]) -> bytes:
    rows = [
        [t.line, t.place, int(t.is_kept), int(t.is_marginal), t.letters, t.shown] for t in traces
    ]
    return zlib.compress(json.dumps(rows, ensure_ascii=False).encode())


def _unpack(packed: bytes) -> tuple[Trace, ...]:
    rows = json.loads(zlib.decompress(packed))
    return tuple(
        Trace(line, place, bool(is_kept), bool(is_marginal), letters, shown)
        for line, place, is_kept, is_marginal, letters, shown in rows
    )
