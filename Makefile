PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One test per processor, each with one thread, so that they do not compete.
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n auto --dist worksteal
STAMP := $(VENV)/.installed
CONSTRAINTS := constraints.txt
EXTRAS := check,test
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

.DEFAULT_GOAL := help
.PHONY: help install demo figures test test-long check oldest bench clean

help:
	@echo "make install   create $(VENV) with the pinned dependencies and the project (editable)"
	@echo "make demo      run cases/heat_pump/mixing.yaml: table, figures, result folder"
	@echo "make figures   figures 3 to 10 of the heat-pump paper into docs/figures, with their tables"
	@echo "make test      run the test suite, on every processor (under ten minutes on two)"
	@echo "make test-long run the tests that take longer (at most forty minutes)"
	@echo "make check     lint, format and types, as CI checks them"
	@echo "make oldest    quick tests with the oldest dependencies that setup.cfg allows, in .venv-oldest"
	@echo "make bench     print solve times as ratios to reference solvers"
	@echo "make clean     remove $(VENV), build products and caches"
	@echo "PYTHON=...     the interpreter to use, at least 3.11 (now: $(PYTHON))"

install: $(STAMP)
	@:

# The environment is always made anew, so that nothing left over can stand in for a missing dependency.
$(STAMP): setup.cfg setup.py pyproject.toml $(CONSTRAINTS)
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) not found; install Python 3.11 or newer, or call make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "error: $(PYTHON) is Python %d.%d; 3.11 or newer is needed: make PYTHON=/path/to/python" % v[:2])'
	@echo "Installing into $(VENV) (this can take a minute) ..."
	@$(PYTHON) -m venv --clear $(VENV) || { echo "error: cannot create $(VENV); does $(PYTHON) have the venv module (Debian: package python3-venv)?" >&2; exit 1; }
	@$(PIP) install -c $(CONSTRAINTS) setuptools
	@$(PIP) install -c $(CONSTRAINTS) --no-build-isolation -e '.[$(EXTRAS)]'
	@touch $@
	@echo "Installed; the command is $(BIN)/fvtransport"

demo: install
	@$(BIN)/fvtransport run cases/heat_pump/mixing.yaml --force

figures: install
	@OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m docs.figures

test: install
	@$(PYTEST) -m 'not long'

test-long: install
	@$(PYTEST) -m long

check: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# Another interpreter is tried in the same way: make test PYTHON=python3.13 VENV=.venv-3.13
oldest:
	@mkdir -p build && $(PYTHON) -m tests.tools.oldest >build/oldest.txt
	@$(MAKE) install VENV=.venv-oldest CONSTRAINTS=build/oldest.txt EXTRAS=test
	@.venv-oldest/bin/pytest tests/unit tests/meshes tests/errors

bench: install
	@$(BIN)/python tests/bench/bench.py

clean:
	rm -rf $(VENV) .venv-oldest build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
