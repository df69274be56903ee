# Every command of the project. Needs Python 3.11 or later and make; `make` alone prints the list.

PYTHON ?= python3
BIN := .venv/bin
UV := UV_COMPILE_BYTECODE=1 VIRTUAL_ENV="$(CURDIR)/.venv" $(BIN)/uv
INSTALL := $(UV) pip install --quiet --require-hashes --constraint requirements.lock
STRIP := $(BIN)/nbstripout --keep-output --keep-count --keep-id \
	--extra-keys "metadata.papermill cell.metadata.papermill metadata.language_info.version"

.DEFAULT_GOAL := help
.PHONY: help setup reports test test-all versions lab notebooks bench opinions mutants fuzz docs lock clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: .venv/installed ## make the virtual environment with the locked packages and the project in it

reports: .venv/installed ## make every report of the default studies, and the site that shows them
	$(BIN)/charge-rates batch

test: .venv/tested ## run every check and test (a few minutes)
	$(BIN)/ruff check --quiet .
	$(BIN)/ruff format --check --quiet .
	$(BIN)/mypy --no-error-summary
	$(BIN)/charge-rates check > /dev/null
	$(BIN)/python -m pytest --quiet --nbval notebooks
	$(BIN)/python -m pytest --quiet --doctest-modules --numprocesses 2 -m "not browser and not wheel" src tests

test-all: docs ## run what make test leaves out: the manual, the wheel in an empty environment, the pages in a browser
	$(BIN)/python -m pytest --quiet --numprocesses 2 -m "browser or wheel" tests

versions: $(foreach python,3.11 3.12 3.13 $(if $(shell command -v python3.14),3.14),tested-$(python)-oldest tested-$(python)-newest) ## test on other versions of Python and libraries

lab: .venv/lab ## open the notebooks in JupyterLab; LAB_OPTIONS=--allow-root where you are root
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/jupyter lab $(LAB_OPTIONS) notebooks

notebooks: .venv/tested ## run the notebooks anew, in place, clean their metadata, and draw the README's picture
	$(BIN)/jupyter-execute --inplace notebooks/*.ipynb
	$(STRIP) notebooks/*.ipynb
	$(BIN)/python docs/make_picture.py

bench: .venv/tested ## print the measurements that are quoted anywhere
	$(BIN)/python bench/wilson_million.py
	$(BIN)/python bench/batch.py
	$(BIN)/python bench/nothing_changed.py
	$(BIN)/python bench/import_workbook.py
	$(BIN)/python bench/verdicts.py
	$(BIN)/python bench/explore.py

opinions: .venv/tested ## compare every method with its definition in 30 digits, on 10,000 random cases
	$(BIN)/python tests/statistics/second_opinions.py 10000

mutants: .venv/mutants ## change the code in 13,000 ways and list the changes that no test notices (three hours)
	-$(BIN)/mutmut run
	$(BIN)/python tests/mutants.py

fuzz: .venv/fuzz ## throw changed inputs at every reader, led by coverage (five minutes; SECONDS=60 for each)
	$(BIN)/python tests/fuzz.py $(or $(SECONDS),60)

docs: .venv/docs ## render the manual, the reference of the package and the manual page: docs/_build/index.html
	$(BIN)/sphinx-build --quiet --fail-on-warning --keep-going --fresh-env docs docs/_build
	$(BIN)/python docs/make_manual_page.py docs/_build/charge-rates.1

lock: $(BIN)/uv ## resolve the locked versions anew; LOCK_OPTIONS=--upgrade takes newer ones
	$(BIN)/uv pip compile --quiet --universal --all-extras --generate-hashes --no-annotate --no-header --no-emit-index-url \
		$(LOCK_OPTIONS) pyproject.toml --output-file requirements.lock
	$(BIN)/uv pip compile --quiet --universal --extra lab --no-annotate --no-header --no-emit-index-url \
		--constraint requirements.lock pyproject.toml --output-file requirements.txt

clean: ## remove what the commands above made
	rm -rf .venv reports mutants docs/_build docs/reference

# The installer is taken from the lock by its hash, like everything that it then installs.
$(BIN)/uv: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "This needs Python 3.11 or later; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 2; }
	@$(PYTHON) -c 'import ensurepip' 2> /dev/null || { \
		echo "Python's venv module is missing; on Debian or Ubuntu: apt-get install python3-venv" >&2; exit 2; }
	test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes --requirement .venv/uv.txt
	touch $@

.venv/installed: $(BIN)/uv requirements.lock pyproject.toml
	$(INSTALL) --requirement pyproject.toml --extra build
	$(UV) pip install --quiet --no-deps --no-build-isolation --editable .
	$(BIN)/python -m compileall -q src
	touch $@

.venv/tested: .venv/installed
	$(INSTALL) --requirement pyproject.toml --extra test --extra cluster
	touch $@

.venv/mutants .venv/fuzz .venv/docs: .venv/%: .venv/tested
	$(INSTALL) --requirement pyproject.toml --extra $*
	touch $@

# A throw-away environment: one Python, and the oldest or the newest versions that pyproject.toml allows. Neither a
# browser nor a stored output is looked at, both belong to the locked versions.
tested-%: THERE = .venv/versions/$*
tested-%: OTHER_UV = VIRTUAL_ENV="$(CURDIR)/$(THERE)" $(BIN)/uv
tested-%: $(BIN)/uv
	$(OTHER_UV) venv --quiet --clear --no-python-downloads --python $(firstword $(subst -, ,$*)) $(THERE)
	$(OTHER_UV) pip install --quiet --only-binary :all: --requirement pyproject.toml \
		--resolution $(if $(findstring oldest,$*),lowest-direct,highest)
	$(OTHER_UV) pip install --quiet --only-binary :all: --requirement pyproject.toml --extra test --extra cluster
	$(OTHER_UV) pip install --quiet --no-deps --editable .
	$(THERE)/bin/python -m pytest --quiet -p no:cacheprovider --doctest-modules --numprocesses 2 src tests \
		--ignore tests/site --ignore tests/wheel --ignore tests/surroundings --ignore tests/batch --ignore tests/notebooks
	rm -rf $(THERE)

.venv/lab: .venv/installed
	$(INSTALL) --requirement pyproject.toml --extra lab
	touch $@
