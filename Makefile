# `make demo` opens Wingdesk on a synthetic prison; `make test` checks everything. Both set up .venv first, from the
# lock file, and need only Python 3.11 to 3.14, git and make.

.DEFAULT_GOAL := help
.PHONY: help demo test bench picture lock clean setup
.DELETE_ON_ERROR:

# The first usable interpreter; `make PYTHON=/path/to/python test` chooses another.
USABLE := import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info < (3, 15))
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3.14 python3 python; do \
	$$p -c '$(USABLE)' >/dev/null 2>&1 && { command -v $$p; break; }; done)

BIN := .venv/bin
PIP := $(BIN)/python -m pip --quiet --disable-pip-version-check --no-input
UV := 0.13.9

help:
	@echo 'make demo   open Wingdesk on a synthetic prison (ARGS="--cases 2000 --role manager" for others)'
	@echo 'make test   lint, types, floors and tests'
	@echo 'make bench  the speed table, side by side (not part of the tests)'
	@echo 'make lock   write requirements.lock again from pyproject.toml'
	@echo 'make clean  remove .venv and every cache'

setup: .venv/.ready

.venv/.locked: requirements.lock
	@if ! $(BIN)/python -c '$(USABLE)' >/dev/null 2>&1; then \
		if [ -z "$(PYTHON)" ]; then \
			echo 'Wingdesk needs Python 3.11 to 3.14 with venv and pip, and none was found.' >&2; exit 1; fi; \
		echo "Setting up .venv with $(PYTHON)"; \
		"$(PYTHON)" -m venv --clear .venv; \
	fi
	@$(PIP) install --require-hashes -r requirements.lock
	@touch $@

.venv/.ready: .venv/.locked pyproject.toml
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup
	@$(BIN)/wingdesk demo $(ARGS)

test: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -n 4 --dist worksteal $(ARGS)

bench: setup
	$(BIN)/python tests/bench/run.py $(ARGS)

# The picture at the head of the README.
picture: setup
	$(BIN)/python -m docs.draw

# The tool that resolves for every Python and platform at once lives in a venv of its own. The index is the public one
# by default, whatever this machine is set up to use, so that hashes are those everybody else gets.
lock:
	@test -n "$(PYTHON)" || { echo 'Wingdesk needs Python 3.11 to 3.14 with venv and pip, and none was found.' >&2; exit 1; }
	"$(PYTHON)" -m venv --clear .lock-venv
	.lock-venv/bin/python -m pip --quiet --disable-pip-version-check install uv==$(UV)
	.lock-venv/bin/uv --no-config pip compile pyproject.toml --group dev --group build --universal \
		--python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links \
		--custom-compile-command 'make lock' --quiet $(LOCKARGS) --output-file requirements.lock
	rm -rf .lock-venv

clean:
	rm -rf .venv .lock-venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache \
		build dist snapshot_report.html
	find app screens widgets db policy tests -name __pycache__ -type d -prune -exec rm -rf {} +
