# `make` alone prints the commands. A line `target: ## help` is a command; a line `##@ name` starts a section.

PYTHON ?= python3
ARGS ?=
PYTEST_ARGS ?=

VENV := .venv
BIN := $(VENV)/bin
PINS := pyproject.toml requirements.lock requirements-build.lock requirements-dev.lock
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

# Without the compiled files that this variable forbids, each of the servers that tests start compiles
# every module again, which takes longer than the rest of its start. `make clean` removes these files.
unexport PYTHONDONTWRITEBYTECODE

# A stamp is newer than the inputs of its step once the step is done, so a second run does nothing.
MADE := $(VENV)/.made
READY_TO_RUN := $(VENV)/.ready-to-run
READY_TO_DEVELOP := $(VENV)/.ready-to-develop

.DEFAULT_GOAL := help

##@ Use

.PHONY: help
help: ## print this list
	@awk 'BEGIN { FS = ":.*## " } \
	  /^##@ / { printf "\n%s\n", substr($$0, 5) } \
	  /^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))
	@printf '\n%s\n' 'Pass options in ARGS: make run ARGS="--port 9000 --leads 1000"'

.PHONY: run
run: $(READY_TO_RUN) ## serve both APIs on http://127.0.0.1:8080 (options in ARGS)
	@$(BIN)/mock-server serve $(ARGS)

.PHONY: listen
listen: $(READY_TO_RUN) ## receive webhooks on http://127.0.0.1:8090 and print them (options in ARGS)
	@$(BIN)/mock-server listen $(ARGS)

##@ Develop

.PHONY: test
test: $(READY_TO_DEVELOP) ## run all tests (options for pytest in PYTEST_ARGS)
	@$(BIN)/pytest -n auto $(PYTEST_ARGS)

.PHONY: test-postgresql
test-postgresql: $(READY_TO_DEVELOP) ## run the contract tests and journeys over PostgreSQL
	@$(BIN)/pytest -n auto --postgresql tests/contract tests/journeys tests/replicas $(PYTEST_ARGS)

.PHONY: check
check: lint types imports spelling docs-fresh ## run the five checks below
	@echo "All checks passed."

.PHONY: lint
lint: $(READY_TO_DEVELOP) ## check rules and layout (ruff)
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

.PHONY: types
types: $(READY_TO_DEVELOP) ## check types (mypy, strict)
	@$(BIN)/mypy

.PHONY: imports
imports: $(READY_TO_DEVELOP) ## check which module imports which (import-linter)
	@$(BIN)/lint-imports

.PHONY: spelling
spelling: $(READY_TO_DEVELOP) ## check the spelling (codespell)
	@$(BIN)/codespell

.PHONY: docs-fresh
docs-fresh: $(READY_TO_DEVELOP) ## check that the generated pages of docs/ are up to date
	@$(BIN)/mock-server pages --check

.PHONY: format
format: $(READY_TO_DEVELOP) ## fix what ruff can fix
	@$(BIN)/ruff check --fix-only .
	@$(BIN)/ruff format .

.PHONY: docs
docs: $(READY_TO_DEVELOP) ## write the pages of docs/ that are made from the contracts
	@$(BIN)/mock-server pages

.PHONY: examples
examples: $(READY_TO_DEVELOP) ## write the examples of the contracts, after the seeded data changed
	@$(BIN)/python -m tests.contract.examples

.PHONY: bench
bench: $(READY_TO_DEVELOP) ## measure speed and memory (options in ARGS)
	@$(BIN)/python -m benchmarks $(ARGS)

##@ House

# One file for each purpose: running, building the package, and everything that a developer needs.
LOCK := $(BIN)/uv pip compile --universal --python-version 3.11 --upgrade --generate-hashes \
  --no-header --no-annotate --no-emit-index-url --quiet
ASKED_TO_BUILD := import tomllib; \
  print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")

.PHONY: lock
lock: $(READY_TO_DEVELOP) ## pin the newest releases in the three lock files
	@$(LOCK) --output-file requirements.lock pyproject.toml
	@$(LOCK) --output-file requirements-dev.lock --constraint requirements.lock \
	  --extra dev pyproject.toml
	@$(BIN)/python -c '$(ASKED_TO_BUILD)' | \
	  $(LOCK) --output-file requirements-build.lock --constraint requirements-dev.lock -

.PHONY: wheel
wheel: $(READY_TO_DEVELOP) ## build the wheel and the source archive in dist/
	@$(BIN)/hatchling build

.PHONY: clean
clean: ## remove .venv and all other generated files
	@rm -rf $(VENV) build dist .hypothesis .schemathesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(MADE):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null || echo missing); \
	  echo "mock-server needs Python 3.11 or newer, and $(PYTHON) is $$found."; \
	  echo "Name another Python: make $(firstword $(MAKECMDGOALS)) PYTHON=python3.12"; exit 1; } >&2
	@$(PYTHON) -m venv $(VENV) || { \
	  echo "$(PYTHON) cannot create a virtual environment."; \
	  echo "On Debian and Ubuntu: apt install python3-venv"; rm -rf $(VENV); exit 1; } >&2
	@touch $@

# Only releases whose hashes are in a lock file are installed, the build requirements included. pip
# takes no hash for a folder, so the project itself is installed alone, without dependencies.
$(READY_TO_RUN): $(PINS) $(MADE)
	@echo "Installing into $(VENV) ..."
	@$(PIP) --require-hashes -r requirements.lock -r requirements-build.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(READY_TO_DEVELOP): $(PINS) $(MADE)
	@echo "Installing into $(VENV), with what the tests and checks need ..."
	@$(PIP) --require-hashes -r requirements-dev.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $(READY_TO_RUN) $@
