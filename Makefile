PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# One test per processor, each with one thread, so that they do not compete.
PYTEST := OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/pytest -n auto --dist worksteal
STAMP := $(VENV)/.installed
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -qq

.DEFAULT_GOAL := help
.PHONY: help install demo figures test test-long bench clean

help:
	@echo "make install   create $(VENV) with the pinned dependencies and the project (editable)"
	@echo "make demo      run cases/heat_pump/mixing.yaml: table, figures, result folder"
	@echo "make figures   figures 3 to 10 of the heat-pump paper into docs/figures, with their tables"
	@echo "make test      run the test suite, on every processor (under ten minutes on two)"
	@echo "make test-long run the tests that take longer (at most forty minutes)"
	@echo "make bench     print solve times as ratios to reference solvers"
	@echo "make clean     remove $(VENV), build products and caches"
	@echo "PYTHON=...     the interpreter to use, at least 3.11 (now: $(PYTHON))"

install: $(STAMP)
	@:

# The environment is always made anew, so that nothing left over can stand in for a missing dependency.
$(STAMP): setup.cfg setup.py pyproject.toml constraints.txt
	@command -v $(PYTHON) >/dev/null || { echo "error: $(PYTHON) not found; install Python 3.11 or newer, or call make PYTHON=/path/to/python" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if v >= (3, 11) else "error: $(PYTHON) is Python %d.%d; 3.11 or newer is needed: make PYTHON=/path/to/python" % v[:2])'
	@echo "Installing into $(VENV) (this can take a minute) ..."
	@$(PYTHON) -m venv --clear $(VENV) || { echo "error: cannot create $(VENV); does $(PYTHON) have the venv module (Debian: package python3-venv)?" >&2; exit 1; }
	@$(PIP) install -c constraints.txt setuptools
	@$(PIP) install -c constraints.txt --no-build-isolation -e '.[test]'
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

bench: install
	@$(BIN)/python tests/bench/bench.py

clean:
	rm -rf $(VENV) build dist *.egg-info .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
