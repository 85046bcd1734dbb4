# make label: the label of the example, on a fresh machine.   make test: everything that CI checks.
PYTHON ?= python3
BIN := .venv/bin
LOG := examples/emissions.csv
TORCH ?= torch>=2.4
SUBJECT := --model acme/tiny-gpt --parameters 1.9M --phase pre-training

.PHONY: label test lint types contracts tables unit unit-first unit-second wheel bench pictures gold gallery test-integrations clean

label: .venv/label
	$(BIN)/carbonlabel label $(LOG) $(SUBJECT) -o out

test: lint types contracts tables unit wheel

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/test
	$(BIN)/mypy

contracts: .venv/test
	$(BIN)/lint-imports --no-cache

tables: .venv/test
	$(BIN)/python scripts/build_tables.py --check

# Two halves side by side, of about the same length; together they are every test.
FIRST := tests/readers tests/parsing tests/collection tests/gridseries tests/documents \
  tests/hub tests/test_readers_conform.py tests/test_privacy.py
PYTEST := $(BIN)/python -m pytest -p no:cacheprovider --cov --cov-report=

unit: .venv/test
	rm -f .coverage .coverage.*
	$(MAKE) --jobs=2 --output-sync=none unit-first unit-second
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report --skip-covered --fail-under=95
	$(BIN)/coverage report --include='carbonlabel/model/*,carbonlabel/method/*' --fail-under=100

unit-first: .venv/test
	COVERAGE_FILE=.coverage.first $(PYTEST) carbonlabel $(FIRST)

unit-second: .venv/test
	COVERAGE_FILE=.coverage.second $(PYTEST) tests $(FIRST:%=--ignore=%)

wheel: .venv/test
	sh scripts/check_wheel.sh $(BIN)/python

bench: .venv/test
	$(BIN)/python benchmarks/start_up.py

# The pictures of the front page and of docs/label.md; look at them before you commit them.
pictures: .venv/test
	$(BIN)/carbonlabel label $(LOG) $(SUBJECT) -q -t svg=docs/images/label.svg -t svg-dark=docs/images/label-dark.svg
	$(BIN)/python scripts/build_pictures.py

# What is signed off, drawn anew: look at out/gold/index.html before you commit it.
gold: .venv/test
	$(BIN)/python scripts/build_gold.py

# Every state of the label in every format, on one page: out/gallery/index.html.
gallery: .venv/test
	$(BIN)/python scripts/build_gallery.py

# Real trainings, with real frameworks, against a Hub on this machine. They are large: torch comes
# first, and nothing that follows may bring another one. `make test-integrations TORCH=torch==X`
# names a build; give pip the index of CPU builds if you want the small one.
test-integrations: .venv-integrations/ready
	.venv-integrations/bin/python -m pytest -m integrations -o addopts= --import-mode=importlib -q tests/integrations

clean:
	rm -rf .venv .venv-integrations out dist .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis

# A stamp is newer than what it was made from, or it is made again; so a second call is quick.
.venv/label: pyproject.toml scripts/system.sh
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "carbonlabel needs Python 3.11 or newer")'
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	sh scripts/system.sh pango $(BIN)/python
	touch $@

.venv/test: .venv/label
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	sh scripts/system.sh chromium $(BIN)/python
	touch $@

.venv-integrations/ready: pyproject.toml examples/integrations/requirements.txt
	test -x .venv-integrations/bin/python || $(PYTHON) -m venv .venv-integrations
	.venv-integrations/bin/python -m pip install --quiet --disable-pip-version-check '$(TORCH)'
	.venv-integrations/bin/python -m pip freeze | grep '^torch==' > .venv-integrations/torch.txt
	.venv-integrations/bin/python -m pip install --quiet --disable-pip-version-check \
	  --constraint .venv-integrations/torch.txt --requirement examples/integrations/requirements.txt \
	  --editable . pytest
	touch $@
