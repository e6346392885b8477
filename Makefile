# One task runner; CI and people say the same words. `make help` lists them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Every branch of these is covered by tests: what is remembered, what is said, and that it arrives.
WHOLE := monitor/store/*,monitor/alerts/*,monitor/service/deliver.py,monitor/service/outbox.py,monitor/config/load.py

# Two workers for two processors; each goes through its half in order and then takes from the other,
# so that what a file of tests prepares is prepared once. Without compiled files, as where
# PYTHONDONTWRITEBYTECODE is set, both workers and every service they start compile it all anew.
PYTEST := env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n auto --dist worksteal

.DEFAULT_GOAL := help
.PHONY: help setup setup-test run demo test quick check lock conformance bench quality pairs fit crash soak image pictures clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "python3-venv is missing: apt-get install python3-venv"; exit 1; }

$(VENV)/.run: requirements.lock pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: requirements-test.lock $(VENV)/.run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-test.lock
	@touch $@

setup: $(VENV)/.run  ## fill .venv/ from the hash-pinned lock file (quick when nothing changed)

setup-test: $(VENV)/.test

run: setup  ## start the service with the shipped watch: SQLite in data/, alerts on the console, page on loopback
	$(BIN)/monitor run

demo: setup  ## the real service on recorded news with local feed, mail and Slack servers
	$(BIN)/monitor demo

test: setup-test  ## everything CI checks: format, lint, types, tests, coverage
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(PYTEST) --cov --cov-report=term --cov-fail-under=95
	$(BIN)/coverage report --fail-under=100 --include='$(WHOLE)'
	$(BIN)/coverage report --fail-under=98 --include='monitor/detect/*'

quick: setup-test  ## the fast tests only
	$(PYTEST) -m "not slow"

check: setup-test  ## format in place, lint, types
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .
	$(BIN)/mypy

lock: | $(BIN)/python  ## renew both lock files from pyproject.toml
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --group build pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" --group build --group test pyproject.toml -c requirements.lock -o requirements-test.lock
	@! grep -nE '://' requirements.lock requirements-test.lock

FEEDS ?= ../shared/data/feeds/dev
FEED_SCORER ?= ../shared/score/score_feeds.py
SHARED ?= ../shared/bench
ARRIVALS ?= ../shared/data/feeds/arrivals
STREAMS ?= ../shared/data
SCORER ?= ../shared/score/score.py

conformance: setup-test  ## read a folder of real feed documents (FEEDS=) and score it (FEED_SCORER=)
	$(BIN)/python bench/conformance.py $(FEEDS) $(FEED_SCORER)

bench: setup-test  ## speed and memory beside their goals, at most 12 minutes (FEEDS=, ARRIVALS=, SHARED=: farm and reference pipeline)
	$(BIN)/python bench/all.py --feeds $(FEEDS) --arrivals $(ARRIVALS) --shared $(SHARED)

quality: setup-test  ## run the detector over labelled streams (STREAMS=) and score it (SCORER=)
	$(BIN)/python bench/quality.py $(STREAMS) $(SCORER)
	$(BIN)/python bench/pairsets.py $(STREAMS)

pairs: setup-test  ## count what is told twice and what is swallowed, on pairs that differ in one token
	$(BIN)/python bench/pairs.py

fit: setup-test  ## fit all weights anew on labelled streams (STREAMS=), some minutes; see decision 66 first
	$(BIN)/python bench/fit.py $(STREAMS)

DEMO ?= data/demo

CRASH ?= --kills 2000

crash: setup-test  ## kill the real service at every statement, every step and at random (CRASH= options)
	$(BIN)/python -m tests.crash.rig $(CRASH)

soak: setup-test  ## memory, files and threads of the running service over an hour (SOAK= seconds)
	SOAK=$${SOAK:-3600} $(BIN)/python -m pytest tests/acceptance/test_running.py -k J1

image:  ## build the container image, then run, stop, kill and restart it as docs/docker.md says
	tools/image.sh

pictures: setup-test  ## take the README's pictures anew from a finished demo (DEMO=), with Chromium
	$(BIN)/python tools/pictures.py $(DEMO)

clean:  ## remove the environment and caches, never data/
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .coverage*
