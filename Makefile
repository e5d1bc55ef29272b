# The two commands: `make crawl` and `make test`. Both set up everything they need in .venv.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
RUN    := $(VENV)/.run-ready
DEV    := $(VENV)/.dev-ready

.PHONY: crawl test lint clean

# make crawl                    a demo newsroom on this machine
# make crawl URL=https://…      a real section, or several with commas between
crawl: $(RUN)
ifneq ($(origin URL),undefined)
	$(BIN)/scrapy crawl news -a url='$(URL)'
else
	$(BIN)/python -m tests.newsroom --port 8042 -- \
	  $(BIN)/scrapy crawl news -a url={url} -a site=demo -s DOWNLOAD_DELAY=0.05
endif
	@$(BIN)/scrapy dataset show

test: lint
	$(BIN)/python -m pytest -n auto --dist loadfile

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

$(RUN): pyproject.toml
	test -d $(VENV) || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(DEV): $(RUN)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
