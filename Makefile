# Bàn Tròn: `make run` shows the filled demo, `make test` proves it. Everything is kept in .venv/ and instance/.
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
LOCK := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

.PHONY: run test check bench lock translations clean lint types contract unused words
.DELETE_ON_ERROR:

run: .venv/core  ## the demo on 127.0.0.1:$PORT (8000), with links to try
	$(BIN)/bantron run --demo

test: .venv/dev .venv/tools  ## the whole suite: unit, both databases, browser
	$(BIN)/python -m pytest

check: lint types contract unused words  ## everything that needs no running of the product
bench: .venv/dev  ## the figures; one of them: make bench ONLY=name
	$(BIN)/python -m bench $(ONLY)

lint: .venv/dev
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/djlint --quiet --lint templates
types: .venv/dev
	$(BIN)/mypy .
contract: .venv/dev
	$(BIN)/lint-imports
unused: .venv/dev
	$(BIN)/deptry . && $(BIN)/vulture
words: .venv/dev
	$(BIN)/python -m pytest -q tests/architecture tests/docs tests/i18n

lock:  ## new locked versions, with hashes and without addresses (needs uv)
	$(LOCK) --upgrade --extra build pyproject.toml -o requirements.lock
	$(LOCK) --upgrade --extra build --extra postgres --extra redis --extra server -c requirements.lock pyproject.toml -o requirements-server.lock
	$(LOCK) --upgrade --extra build --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock

translations: .venv/dev  ## bring new texts of app/ and templates/ into the .po files, to be translated there
	@mkdir -p build
	$(BIN)/pybabel -q extract -F babel.cfg -k N_ -k NN_:1,2 -k pgettext:1c,2 --no-location --sort-output -o build/messages.pot .
	$(BIN)/pybabel -q update -N --ignore-obsolete --ignore-pot-creation-date --width=100 -i build/messages.pot -d app/translations

clean:  ## forget the environment and every cache; the data in instance/ stays
	rm -rf .venv build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Bàn Tròn needs Python 3.11 or newer. If you have one: make PYTHON=python3.12'; exit 1; }
	$(PYTHON) -m venv .venv
.venv/core: requirements.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements.lock && $(PIP) --no-deps --no-build-isolation -e . && touch $@
.venv/dev: requirements-dev.lock pyproject.toml | .venv/bin/python
	$(PIP) --require-hashes -r requirements-dev.lock && $(PIP) --no-deps --no-build-isolation -e . && touch $@
.venv/tools: tests/install_tools.sh .venv/dev
	sh tests/install_tools.sh $(BIN)/playwright && touch $@
