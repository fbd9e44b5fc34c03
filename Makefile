# make demo   builds the sample campaign        make test   sets up everything and runs every check
# Both start from nothing but Python 3.11+ and make (and apt, for the tests), and are quick the second time.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
.NOTPARALLEL:
.DEFAULT_GOAL := help

unexport PYTHONDONTWRITEBYTECODE

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
CAMPAIGN ?= stop-jihadism
# Locked releases only, each checked against its hash; where they come from is the machine's business.
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
UV := $(VENV)/uv/bin/uv
LOCK := $(UV) --no-config pip compile pyproject.toml --universal --python-version 3.11 --quiet \
	--generate-hashes --no-emit-index-url --no-emit-find-links --annotation-style line \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: help demo test test-long judge golden check lint types layers format bench lock pictures system clean

help: ## list what make can do
	@sed -n 's/^\([a-z-]*\):.*## /  make \1|/p' Makefile | column -t -s '|'

demo: $(VENV)/.run ## build the sample campaign into dist/ and say where to look
	@echo "Building the whole sample: 12 languages, 370 MB, two to five minutes the first time"
	@$(BIN)/stopjihad -C . build $(CAMPAIGN) -o dist
	@printf '\nLook:     %s\n' "dist/$(CAMPAIGN)/site/index.html"
	@printf 'Posts:    %s\n' "dist/$(CAMPAIGN)/posts/"
	@printf 'Preview:  %s\n' "$(BIN)/stopjihad preview   (serves on this computer only, reloads when you save)"

# Hundreds of processes start, and each worker reads every test: compiled files are kept for them,
# and made while the types are looked at. What is wrong there ends it before the tests begin.
test: system $(VENV)/.dev ## set up everything, then lint, types, layers and the tests
	@$(MAKE) --no-print-directory check & check=$$!; \
	$(BIN)/python -m compileall -q stopjihad tests/support; \
	$(BIN)/python -m pytest --collect-only -qq >/dev/null || true; wait $$check
	@$(BIN)/python -m pytest -n auto --dist worksteal -m "not long"

test-long: system $(VENV)/.dev ## the long form of the promises: hours of crashes and generated inputs
	@$(BIN)/python -m pytest -n auto --dist worksteal -m long

judge: system $(VENV)/.dev ## ask every case of Unicode's files, and keep that it was asked
	@PYTHONPATH=tests $(BIN)/python -m support.unicode_database

golden: $(VENV)/.dev ## renew the golden bytes of the small campaign; names what changed
	@PYTHONPATH=tests $(BIN)/python -m support.golden

check: lint types layers

lint: $(VENV)/.dev ## ruff: rules and format; oxlint: the scripts of pages
	@$(BIN)/ruff check
	@$(BIN)/oxlint --quiet assets
	@$(BIN)/ruff format --check

types: $(VENV)/.dev ## mypy --strict
	@$(BIN)/mypy

layers: $(VENV)/.dev ## imports go one way
	@$(BIN)/lint-imports

format: $(VENV)/.dev ## let ruff mend what it can
	@$(BIN)/ruff check --fix
	@$(BIN)/ruff format

bench: $(VENV)/.bench ## compare with peers, side by side; prints ratios
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python "$$script"; done

lock: $(UV) ## renew requirements/*.txt after a change of pyproject.toml (UPGRADE=1: newest releases)
	@$(LOCK) --group build --group dev --group bench --output-file requirements/bench.txt
	@$(LOCK) --group build --group dev --constraints requirements/bench.txt --output-file requirements/dev.txt
	@$(LOCK) --group build --constraints requirements/dev.txt --output-file requirements/run.txt

pictures: demo $(VENV)/.dev ## renew the pictures in docs/pictures/ from the sample campaign
	@$(BIN)/python scripts/pictures.py dist/$(CAMPAIGN)/site docs/pictures
	@$(BIN)/python scripts/studio_pictures.py docs/pictures
	@$(BIN)/python scripts/film_pictures.py

system: ## install the Debian packages that tests need and that are missing
	@scripts/debian-packages requirements/debian.txt

clean: ## remove what make made here
	rm -rf $(VENV) dist build .stopjihad .hypothesis .mypy_cache .ruff_cache .import_linter_cache

$(BIN)/python:
	@scripts/make-venv "$(PYTHON)" "$(VENV)"

$(VENV)/.run $(VENV)/.dev $(VENV)/.bench: $(VENV)/.%: requirements/%.txt pyproject.toml | $(BIN)/python
	@echo "Installing what requirements/$*.txt lists ($(if $(filter run,$*),280 MB on the disk,1.1 GB on the disk); some minutes the first time):"
	@$(BIN)/python -m pip install --disable-pip-version-check --require-hashes -r requirements/$*.txt \
		| { grep --line-buffered -o '^Collecting [^ ;=]*' || true; }
	@$(PIP_INSTALL) --no-deps --no-build-isolation --editable .
	@touch $@

$(UV): | $(BIN)/python
	@$(PIP_INSTALL) --target $(VENV)/uv "uv>=0.9,<1"
	@touch $@
