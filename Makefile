# Everything starts here: `make serve` and `make test` make what they need and reuse it.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

# Builds depend on the source alone: the date of the last commit stands for now, unless docs/ has changed since.
export SOURCE_DATE_EPOCH ?= $(shell test -z "$$(git status --porcelain -- docs 2>&1)" \
	&& git log -1 --format=%ct 2>/dev/null || date +%s)
export REVISED ?= $(shell LC_ALL=C git log -1 --date=format:'%-d %B %Y' --format=%cd 2>/dev/null)
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help serve build zensical check new test reading parity html axe transfer lighthouse search benchmark pictures lock clean

help: ## List these commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

serve: $(READY) ## Build and serve the site, rebuilding on every change
	CONTENT_POLICY= $(BIN)/mkdocs serve

build: $(READY) ## Write the site to site/
	$(BIN)/mkdocs build

zensical: $(READY) ## Write the site to site/ with Zensical, anew: it would keep derived parts
	$(BIN)/zensical build --clean
	$(BIN)/python -m edition.exports

check: $(READY) ## Check source and settings without a build (takes seconds)
	$(BIN)/python -m edition.checks

new: $(READY) ## Print the skeleton of a page: kind=project id=dark-horse, or kind=source url=https://...
	@$(BIN)/python -m tools.new "kind=$$kind" "id=$$id" "url=$$url" "named=$$named"

test: $(READY) ## Run all tests
	$(BIN)/ruff check --quiet
	$(BIN)/lint-imports --no-cache --no-logo
	$(BIN)/python -m pytest

reading: $(READY) ## Measure how the entries read: leads, sentences, shorthand, what stands before the answer
	$(BIN)/python -m tools.reading

parity: $(READY) ## Compare the pages that MkDocs and Zensical build
	$(BIN)/python -m tools.parity

html: $(READY) ## Check the built pages with the Nu HTML Checker (needs Java and npm)
	$(BIN)/python -m tools.nu

axe: $(READY) ## Check every page with axe-core in both schemes (takes minutes)
	$(BIN)/python -m tools.axe

transfer: $(READY) ## Measure the first view of a page against stock Material
	$(BIN)/python -m tools.transfer

lighthouse: $(READY) ## Measure a phone's first view against stock Material (needs npm; takes minutes)
	$(BIN)/python -m tools.lighthouse

search: build ## Measure search against the stock worker on the same pages
	$(BIN)/python -m tools.search

benchmark: $(READY) ## Measure the build against stock Material and at ten times the pages
	$(BIN)/python -m tools.benchmark

pictures: build ## Draw the social picture and the README's screenshot anew
	$(BIN)/python -m tools.pictures

lock: ## Renew the lock file from pyproject.toml (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-emit-find-links \
		--no-annotate --custom-compile-command "make lock" --group dev --output-file requirements.txt pyproject.toml

clean: ## Remove what these commands made
	rm -rf $(VENV) site

$(READY): requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or later is needed; name it with: make PYTHON=python3.12 ..."; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@
