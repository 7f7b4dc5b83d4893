# Everything a developer runs. Needs GNU make, a POSIX shell and Python >= 3.11; the rest is installed into $(VENV).
#   make PYTHON=python3.13          another interpreter for a new $(VENV)
#   make run ADDRESS=0.0.0.0        reachable from other machines (the app has no login)
#   make test REQUIRE_BROWSER=1     fail where the tests in the browser or by LibreOffice cannot run
#   make test PYTEST_ARGS='-k fees' other arguments for pytest than two processes
#   make fuzz MINUTES=60           for an hour; SEED=… for one round with the seed that found something
#   make lock UPGRADE=1             newest versions that pyproject.toml allows

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.SUFFIXES:
SHELL := /bin/sh

PYTHON ?= python3
VENV ?= .venv
ADDRESS ?= 127.0.0.1
PORT ?= 8501
PYTEST_ARGS ?= -n 2 --dist worksteal
UPGRADE ?=
MINUTES ?= 5
SEED ?=

BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
COMPILE := $(BIN)/uv pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 \
	--generate-hashes --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) pyproject.toml

# Compiled once for all processes of the tests, whatever the shell says.
unexport PYTHONDONTWRITEBYTECODE

# Each run of a page is a thread, and the GNU C library gives threads up to eight heaps a processor: what is freed in
# one serves no other. With two, ten readers of the range of results leave 320 to 380 MB instead of 520 to 600.
export MALLOC_ARENA_MAX ?= 2

# Stamps: an install runs again only when its list of versions is newer.
RUNTIME := $(VENV)/.requirements.stamp
DEVELOPMENT := $(VENV)/.requirements-dev.stamp

.PHONY: help run quick test check format lint types bench fuzz lock clean chromium libreoffice

help: ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' Makefile

run: $(RUNTIME) ## start the app in the browser, http://localhost:8501
	$(BIN)/python -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

quick: $(DEVELOPMENT) ## tests without a browser, LibreOffice, runs of pages and papers: half a minute
	$(BIN)/python -m pytest $(PYTEST_ARGS) -m 'not browser and not office and not page and not paper'

test: $(DEVELOPMENT) chromium libreoffice ## all tests; they need Chromium and LibreOffice, installed where possible
	$(BIN)/python -m pytest $(PYTEST_ARGS)

check: lint types ## format, lint, types, then all tests
	@$(MAKE) --no-print-directory test

format: $(DEVELOPMENT) ## put the code into its form
	$(BIN)/python -m ruff format
	$(BIN)/python -m ruff check --fix

lint: $(DEVELOPMENT) ## form and lint, nothing is changed
	$(BIN)/python -m ruff format --check
	$(BIN)/python -m ruff check

types: $(DEVELOPMENT) ## mypy
	$(BIN)/python -m mypy

bench: $(DEVELOPMENT) ## the timed tests of tests/benchmarks
	$(BIN)/python -m pytest tests/benchmarks -s

fuzz: $(DEVELOPMENT) ## random examples from new seeds for MINUTES=5; what they find is kept in .fuzz
	$(BIN)/python -m tests.fuzz --minutes $(MINUTES) $(if $(SEED),--seed $(SEED)) $(PYTEST_ARGS)

lock: $(DEVELOPMENT) ## write requirements*.txt anew after a change of pyproject.toml
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --group dev --constraints requirements.txt --output-file requirements-dev.txt

clean: ## remove what these commands have made, the environment included
	@test ! -f $(VENV)/pyvenv.cfg || rm -rf $(VENV)
	rm -rf .benchmarks .fuzz .hypothesis .mypy_cache .pytest_cache .ruff_cache test-results
	find app.py pages onlineready tests -name __pycache__ -prune -exec rm -rf {} +

chromium: $(DEVELOPMENT)
	@$(BIN)/python tests/chromium.py --install || test "$${REQUIRE_BROWSER:-}" != 1 || { \
		echo 'make: REQUIRE_BROWSER=1, and no Chromium was found or could be installed' >&2; exit 1; }

# After Chromium: two installs by the system at once would lock each other out.
libreoffice: $(DEVELOPMENT) | chromium
	@$(BIN)/python -m tests.libreoffice --install || test "$${REQUIRE_BROWSER:-}" != 1 || { \
		echo 'make: REQUIRE_BROWSER=1, and no LibreOffice was found or could be installed' >&2; exit 1; }

$(RUNTIME): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'make: Python 3.11 or newer is needed; $(PYTHON) is not. Name one: make PYTHON=python3.12 ...' >&2; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv $(VENV)
	$(PIP) install -r requirements.txt
	@touch $@

# After the first: two installs at once (make -j) would disturb each other.
$(DEVELOPMENT): requirements-dev.txt | $(RUNTIME)
	$(PIP) install -r requirements-dev.txt
	@touch $@
