"""Every setting of the program: value, unit, why. The only module that reads the environment.

Override one for a run with `scrapy crawl … -s NAME=VALUE`, for good here, or, where a line
says so, with an environment variable.
"""

import os
from importlib.metadata import version

BOT_NAME = "broadsheet"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"
SPIDER_LOADER_CLASS = "crawler.loader.SiteLoader"
COMMANDS_MODULE = "crawler.commands"

# --- Where the data goes -----------------------------------------------------------------

# Folder of the datasets and of the state, or an object store, s3://bucket/prefix (docs/dataset.md).
# Environment: BROADSHEET_OUTPUT_DIR.
OUTPUT_DIR = os.environ.get("BROADSHEET_OUTPUT_DIR", "output")
# Local folder of the state where OUTPUT_DIR is an object store; "" for state/s3/<bucket>/<prefix>.
# Environment: BROADSHEET_STATE_DIR.
STATE_DIR = os.environ.get("BROADSHEET_STATE_DIR", "")
# Publish a Parquet part whenever so many rows wait, and at the end. Few and large parts read fast.
PUBLISH_ROWS = 10_000
# Articles to store in this run, 0 for all; `-a limit=` sets it.
ARTICLE_LIMIT = 0
# Articles published earlier are not stored in this run (an aware datetime); `-a since=` sets it.
ARTICLES_SINCE = None

# --- Who we are --------------------------------------------------------------------------

# A page or an address where a webmaster can reach you. Environment: BROADSHEET_CONTACT.
CONTACT = os.environ.get("BROADSHEET_CONTACT", "")
USER_AGENT = f"Broadsheet/{version('broadsheet')} (news crawler{CONTACT and '; +' + CONTACT})"
# What robots.txt may call us (RFC 9309, section 2.2.1: the product token).
ROBOTSTXT_USER_AGENT = "Broadsheet"

# --- How politely ------------------------------------------------------------------------

ROBOTSTXT_OBEY = True
# Seconds between two requests to one host; a Crawl-delay in robots.txt can raise it.
DOWNLOAD_DELAY = 1.0
# Share by which the delay varies, both ways: anything but 0 would come below one second.
DOWNLOAD_DELAY_JITTER = 0
CONCURRENT_REQUESTS_PER_DOMAIN = 1
CONCURRENT_REQUESTS = 16
# Seconds; news servers that need longer are down.
DOWNLOAD_TIMEOUT = 30
# Bytes; an article of more is a fault of the server (Scrapy's own limit is 1 GiB).
DOWNLOAD_MAXSIZE = 10 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_VERIFY_CERTIFICATES = True
# Only the web: no local files, no FTP, no buckets.
DOWNLOAD_HANDLERS = {"file": None, "data": None, "ftp": None, "s3": None}
# Seconds; a host whose robots.txt asks for a longer Crawl-delay is not crawled: that is a no.
CRAWL_DELAY_MAX_S = 60.0
# Seconds; a host whose Retry-After asks for longer is given up for this run.
RETRY_AFTER_MAX_S = 120.0
# Seconds to wait after a 429 or 503 that says nothing, doubled at each further attempt.
RETRY_BACKOFF_S = 5.0
# No page may lead the crawler into the network it stands in. Turn it off only where name
# servers answer with private addresses for everything (some proxies and VPNs).
PRIVATE_ADDRESSES_REFUSED = True
REDIRECT_MAX_TIMES = 8
# Seconds; a page that sends itself elsewhere later than that is a page that reloads itself.
METAREFRESH_MAXDELAY = 5
# What browsers send.
REFERRER_POLICY = "strict-origin-when-cross-origin"
RETRY_TIMES = 2
# A page that stays away is counted and told in the summary, not logged as our error.
RETRY_GIVE_UP_LOG_LEVEL = "INFO"
COOKIES_ENABLED = False
# Consoles that would run code on this machine.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

# Seconds after which a section, feed or sitemap is fetched whole, although its server says
# that it did not change: some answer with a stale ETag for ever.
LISTING_FULL_FETCH_S = 24 * 3600

# --- Extraction --------------------------------------------------------------------------

# Worker processes; 0 means one per core.
EXTRACT_WORKERS = 0
# Seconds for one page (95 % take under 0.35).
EXTRACT_TIMEOUT_S = 30.0
# Characters of body below which a page is no article.
EXTRACT_MIN_CHARS = 200
# Lines that recur on the stories of a site are dropped as its boilerplate (`scrapy dataset
# boilerplate SITE` shows them); turn it off to keep each page's text as the page alone gives it.
EXTRACT_LEARNS = True

# --- Deduplication -----------------------------------------------------------------------

# Share of word 3-grams in common (estimated Jaccard similarity) from which a text of about the
# same length is a copy and stored once; 0 turns it off. A tenth of the words changed leaves 0.57.
DEDUP_DROP_SIMILARITY = 0.45
# Share of the shorter text that is in the longer one (estimated containment) from which a
# text is related (shortened, extended, mixed) and joins the cluster; 0 turns it off.
DEDUP_CLUSTER_SIMILARITY = 0.45
# Days back in which copies are looked for.
DEDUP_WINDOW_DAYS = 30

# --- Looking again -----------------------------------------------------------------------

# Times after it was first seen at which a story is fetched again, for changes of its text;
# empty turns it off. News texts change most in their first day.
RECHECK_AFTER = "1h,6h,24h,7d"
# Share of a run's requests that may go into it (ten at least); 0 turns it off.
RECHECK_SHARE = 0.25

# --- The way of a page through the house -------------------------------------------------

DOWNLOADER_MIDDLEWARES = {
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.middlewares.beside.AnswerForTheSilent": 40,  # after every retry
    "crawler.middlewares.private_address.PrivateAddressMiddleware": 90,
    "crawler.middlewares.robots.RobotsMiddleware": 100,
    "crawler.middlewares.revalidate.Revalidate": 550,
    "crawler.middlewares.retry_after.RetryAfterMiddleware": 560,  # nearer the network than retry
    "crawler.middlewares.pace.HostSlotMiddleware": 990,
}
SPIDER_MIDDLEWARES = {"crawler.middlewares.known.SkipKnown": 500}
ITEM_PIPELINES = {
    "pipelines.extract.stage.ExtractPipeline": 100,
    "pipelines.dedup.stage.DedupPipeline": 200,
    "pipelines.store.StorePipeline": 300,
}
EXTENSIONS = {
    "crawler.extensions.one_line.OneLineErrors": 0,
    "crawler.extensions.preflight.Preflight": 0,
    "crawler.extensions.url_patterns.CountUrlPatterns": 500,
    "crawler.extensions.report.RunReport": 900,
    "crawler.extensions.progress.Progress": 910,
    "scrapy.extensions.logstats.LogStats": None,
    "crawler.rechecks.Rechecks": 500,
}
# Oldest request first: articles are fetched in the order in which the sections show them.
SCHEDULER_MEMORY_QUEUE = "scrapy.squeues.FifoMemoryQueue"

# --- Operation ---------------------------------------------------------------------------

# How long a run may take, as 90s, 25m or 1h30m; "" for as long as it needs. `-a deadline=` sets
# it. What was accepted is published; the exit status is 4. Environment: BROADSHEET_RUN_DEADLINE.
RUN_DEADLINE = os.environ.get("BROADSHEET_RUN_DEADLINE", "")
# Runs that a run is compared with: hourly, six weeks. A village paper brings a page a day.
HEALTH_HISTORY_RUNS = 1000
# When nearly all pages are wrong (walls, articles without date …) and the runs before give that a
# smaller probability than this, it is a fault; a partial one needs fifty times more certainty.
# benchmarks/health_year.py measures what it costs.
HEALTH_CHANCE = 1e-2
# Slow: so many times the slowest twentieth of the usual runs, and at least 3 seconds, twice.
HEALTH_SLOW_FACTOR = 2.0
# Days after which what was a fault is the new usual.
HEALTH_ADAPT_DAYS = 14
# A shell command that is run when a site becomes unhealthy, and once a day while it lasts. It
# gets BROADSHEET_SITE, _FAULT, _EVIDENCE, _ADVICE, _RUN_ID and JSON on stdin (docs/operations.md).
# Environment: BROADSHEET_ON_UNHEALTHY.
ON_UNHEALTHY = os.environ.get("BROADSHEET_ON_UNHEALTHY", "")
# Seconds that the command may take.
ON_UNHEALTHY_TIMEOUT_S = 60.0
# A file for the text collector of Prometheus' node_exporter, written after each run; "" for none.
# Environment: BROADSHEET_STATUS_PROMETHEUS_FILE.
STATUS_PROMETHEUS_FILE = os.environ.get("BROADSHEET_STATUS_PROMETHEUS_FILE", "")
# Minutes: the shortest and the longest time between two runs of a site for `crawlall --due`.
DUE_LEAST_MIN = 15.0
DUE_MOST_MIN = 24 * 60.0

EXTENSIONS["crawler.extensions.deadline.Deadline"] = 10

# --- What is said ------------------------------------------------------------------------

# Errors on stderr, a summary at the end: what cron wants.
LOG_LEVEL = "WARNING"
LOG_FORMAT = "%(levelname)s: %(message)s"
STATS_DUMP = False
# A few lines that follow the crawl, where stderr is a terminal; --quiet turns them off.
PROGRESS_SHOWN = True
TEMPLATES_DIR = ""
