# The two commands: `make crawl` and `make test`. Both set up everything they need in .venv.
PYTHON ?= python3
PORT   := 8042
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.run-ready
DEV    := $(VENV)/.dev-ready

.PHONY: crawl test lint browser clean

# make crawl                    a demo newsroom on this machine, on port 8042 (or PORT=N)
# make crawl URL=https://…      a real section, or several with commas between
crawl: $(RUN)
ifneq ($(origin URL),undefined)
	@$(BIN)/scrapy crawl news -a url='$(URL)'; status=$$?; $(BIN)/scrapy dataset show; exit $$status
else
	$(BIN)/python -m tests.newsroom --port $(PORT) -- \
	  $(BIN)/scrapy crawl news -a url={url} -a site=demo -s DOWNLOAD_DELAY=0.05
	@$(BIN)/scrapy dataset show
endif

test: lint browser
	$(BIN)/python -m pytest -n 4 --dist loadfile

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# The page of `scrapy report` is tested in a real browser. Where none can be installed, those
# tests are skipped and say so.
browser:
	@for name in chromium chromium-browser chrome; do \
	  if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
	  echo "installing chromium for the tests of scrapy report"; \
	  { apt-get update -qq -o Acquire::http::Timeout=20 -o Acquire::Retries=0 && \
	    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; \
	  } >/dev/null 2>&1 || echo "WARNING: chromium cannot be installed: browser tests are skipped"; \
	else \
	  echo "WARNING: no chromium here: browser tests are skipped"; \
	fi

$(RUN): pyproject.toml
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(DEV): $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
