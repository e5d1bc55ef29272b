"""What the page shows: rows of the datasets, counted."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from crawler.health import Fault, Level, Standing
from crawler.report.charts import GAP, HEIGHT, STEP, Bar, nice_top, stacked_bars
from pipelines import rejects as reject_kinds

Row = dict[str, Any]

COLOURS = 7
"""Sites with a colour of their own; the others share the last one."""
NEWEST = 30
PAIRS = 12
EXAMPLES = 3
SITES_SHOWN = 12
"""Sites that stand open, and all that are not healthy; the others are folded away."""
COPIES = ("SameStory", "ExactDuplicate", "NearDuplicate")
COLUMNS = {
    "articles": [
        "article_id", "site", "url", "title", "authors", "standfirst", "published_at", "fetched_at",
    ],
    "rejects": ["site", "url", "reason", "evidence", "title", "duplicate_of", "fetched_at"],
    "runs": ["site", "started_at", "outcome", "health", "fault", "fault_evidence", "articles"],
}  # fmt: skip
_WORST = {"unhealthy": 3, "suspect": 2, "healthy": 1}
# Per cent of the height of a day's cell, by rank: told apart without colours too.
_CELL_HEIGHTS = (12.0, 45.0, 72.0, 100.0)


@dataclass(frozen=True, slots=True)
class Legend:
    """A name and the number of its colour."""

    name: str
    colour: int
    count: int


@dataclass(frozen=True, slots=True)
class Example:
    """A rejected page, a copy or a story."""

    title: str
    url: str | None
    """None where the URL may not be linked."""
    site: str
    note: str = ""
    time: datetime | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """A reject reason with examples."""

    name: str
    meaning: str
    """What such a page is, in a sentence."""
    count: int
    percent: float
    """Of the commonest reason: the length of its bar."""
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class Copying:
    """How often one site repeated the stories of another."""

    copier: str
    source: str
    count: int
    percent: float
    examples: list[Example]


@dataclass(frozen=True, slots=True)
class SiteRow:
    """One site: how it stands, and its days."""

    standing: Standing
    colour: int
    total: int
    bars: list[Bar]
    health: list[Bar]
    advice: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything on the page."""

    made_at: datetime
    days: list[date]
    articles: int
    rejects: int
    copies: int
    runs: int
    top: int
    bars: list[Bar]
    legend: list[Legend]
    sites: list[SiteRow]
    reasons: list[Reason]
    copying: list[Copying]
    newest: list[Example]

    @property
    def open_sites(self) -> list[SiteRow]:
        """The sites that stand open: those in doubt, and the busiest of the healthy ones."""
        doubtful = sum(site.standing.health != "healthy" for site in self.sites)
        return self.sites[: max(SITES_SHOWN, doubtful)]

    @property
    def folded_sites(self) -> list[SiteRow]:
        """The others."""
        return self.sites[len(self.open_sites) :]

    @property
    def unhealthy(self) -> list[SiteRow]:
        """The sites that someone should look at."""
        return [site for site in self.sites if site.standing.is_unhealthy]


def build_report(
    rows: dict[str, list[Row]], standings: Sequence[Standing], now: datetime, days: int
) -> Report:
    """The page's data from the rows of `COLUMNS` of the last `days` days."""
    calendar = [now.date() - timedelta(days - 1 - n) for n in range(days)]
    articles, rejects = rows["articles"], rows["rejects"]
    counts = _per_day(articles)
    totals = Counter(row["site"] for row in articles)
    names = [site for site, _ in totals.most_common()]
    colours = {site: min(place, COLOURS) for place, site in enumerate(names)}
    columns = _columns(calendar, names, counts)
    top = nice_top(max(map(sum, columns), default=0))
    copies = [row for row in rejects if row["reason"] in COPIES]
    ordered = sorted(standings, key=lambda one: _place(one, totals))
    return Report(
        made_at=now,
        days=calendar,
        articles=len(articles),
        rejects=len(rejects) - len(copies),
        copies=len(copies),
        runs=len(rows["runs"]),
        top=top,
        bars=stacked_bars(columns, _labels(calendar, names, columns), top),
        legend=_legend(names, totals),
        sites=[_site_row(one, calendar, counts, colours, rows["runs"]) for one in ordered],
        reasons=_reasons(row for row in rejects if row["reason"] not in COPIES),
        copying=_copying(copies, articles),
        newest=_newest(articles),
    )


def _place(standing: Standing, totals: Counter[str]) -> tuple[int, int, str]:
    """Where a site stands on the page: the sick first, then the busiest."""
    order = ("unhealthy", "late", "suspect", "unknown", "healthy")
    return order.index(standing.health), -totals[standing.site], standing.site


def safe_url(url: str | None) -> str | None:
    """The URL where a reader may follow it; None for anything but the web.

    >>> safe_url("https://a.com/x"), safe_url("javascript:alert(1)")
    ('https://a.com/x', None)
    """
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def _per_day(articles: Iterable[Row]) -> Counter[tuple[str, date]]:
    return Counter((row["site"], row["fetched_at"].date()) for row in articles)


def _columns(
    calendar: Sequence[date], names: Sequence[str], counts: Counter[tuple[str, date]]
) -> list[list[int]]:
    """For each day the articles of each coloured site, and of all others together."""
    own, others = names[:COLOURS], names[COLOURS:]
    return [
        [*(counts[site, day] for site in own), sum(counts[site, day] for site in others)]
        for day in calendar
    ]


def _labels(
    calendar: Sequence[date], names: Sequence[str], columns: Sequence[Sequence[int]]
) -> list[list[str]]:
    own = [*names[:COLOURS], "other sites"]
    return [
        [f"{day:%d %b}: {name}: {count}" for name, count in zip(own, column, strict=True)]
        for day, column in zip(calendar, columns, strict=True)
    ]


def _legend(names: Sequence[str], totals: Counter[str]) -> list[Legend]:
    legend = [Legend(name, place, totals[name]) for place, name in enumerate(names[:COLOURS])]
    if rest := names[COLOURS:]:
        count = sum(totals[name] for name in rest)
        legend.append(Legend(f"{len(rest)} other sites", COLOURS, count))
    return legend


def _site_row(
    standing: Standing,
    calendar: Sequence[date],
    counts: Counter[tuple[str, date]],
    colours: dict[str, int],
    runs: Iterable[Row],
) -> SiteRow:
    site = standing.site
    colour = colours.get(site, COLOURS)
    values = [counts[site, day] for day in calendar]
    labels = [f"{day:%d %b}: {value}" for day, value in zip(calendar, values, strict=True)]
    bars = stacked_bars([[v] for v in values], [[label] for label in labels], max(values) or 1)
    return SiteRow(
        standing=standing,
        colour=colour,
        total=sum(values),
        bars=bars,
        health=_health_cells(calendar, _runs_of(site, runs)),
        advice=Fault(standing.fault).advice if standing.fault else "",
    )


def _runs_of(site: str, runs: Iterable[Row]) -> list[Row]:
    """The runs by which a site is judged."""
    mine = (run for run in runs if run["site"] == site)
    return [run for run in mine if run["health"] != Level.UNJUDGED.value]


def _health_cells(calendar: Sequence[date], runs: Iterable[Row]) -> list[Bar]:
    """One cell per day in the colour of its worst run; 0: no run."""
    worst: dict[date, Row] = {}
    for run in runs:
        day = run["started_at"].date()
        if day not in worst or _rank(run) > _rank(worst[day]):
            worst[day] = run
    return [_health_cell(n, day, worst.get(day)) for n, day in enumerate(calendar)]


def _health_cell(place: int, day: date, run: Row | None) -> Bar:
    height = _CELL_HEIGHTS[_rank(run)]
    x = STEP * place + GAP / 2
    return Bar(x, HEIGHT - height, STEP - GAP, height, _rank(run), _said(day, run))


def _rank(run: Row | None) -> int:
    return _WORST.get(run["health"] or "healthy", 0) if run else 0


def _said(day: date, run: Row | None) -> str:
    if run is None:
        return f"{day:%d %b}: no run"
    fault = f": {run['fault'].replace('_', ' ')}: {run['fault_evidence']}" if run["fault"] else ""
    return f"{day:%d %b}: {run['health'] or 'healthy'}{fault}"


def _reasons(rejects: Iterable[Row]) -> list[Reason]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rejects:
        found[row["reason"]].append(row)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return [
        Reason(
            name,
            _meaning(name),
            len(rows),
            percent=100 * len(rows) / len(ordered[0][1]),
            examples=_examples(rows),
        )
        for name, rows in ordered
    ]


def _meaning(reason: str) -> str:
    """What the page of a reject is.

    >>> _meaning("ConsentWall")
    'Asks for consent instead of showing the text.'
    """
    lines = (getattr(reject_kinds, reason, None) or reject_kinds.Reject).__doc__ or ""
    return lines.partition("\n")[0]


def _examples(rows: Iterable[Row]) -> list[Example]:
    """The newest ones, of as many sites as possible."""
    newest = sorted(rows, key=lambda row: row["fetched_at"], reverse=True)
    first_of_site = list({row["site"]: row for row in reversed(newest)}.values())
    chosen = [*first_of_site, *(row for row in newest if row not in first_of_site)][:EXAMPLES]
    return [
        Example(row["title"] or row["url"], safe_url(row["url"]), row["site"], row["evidence"])
        for row in chosen
    ]


def _copying(copies: Iterable[Row], articles: Iterable[Row]) -> list[Copying]:
    """Who repeats whom, most often first; stories older than the page have no known site."""
    site_of = {row["article_id"]: row["site"] for row in articles}
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in copies:
        found[row["site"], site_of.get(row["duplicate_of"], "an older story")].append(row)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))[:PAIRS]
    return [
        Copying(*pair, len(rows), 100 * len(rows) / len(ordered[0][1]), _examples(rows))
        for pair, rows in ordered
    ]


def _newest(articles: Iterable[Row]) -> list[Example]:
    def shown_at(row: Row) -> datetime:
        fetched_at: datetime = row["fetched_at"]
        # A date in the future must not stay on top.
        return min(row["published_at"] or fetched_at, fetched_at)

    ordered = sorted(articles, key=shown_at, reverse=True)[:NEWEST]
    return [
        Example(
            title=row["title"] or row["url"],
            url=safe_url(row["url"]),
            site=row["site"],
            note=row["standfirst"] or "",
            time=shown_at(row).astimezone(UTC),
        )
        for row in ordered
    ]
