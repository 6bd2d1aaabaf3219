# The portal's commands. `make` alone lists them. The text of a command is what follows its ##.

PYTHON ?= python3
UV ?= uv
# Two test processes: the machines we have in mind have two cores. `make test TESTS="-k login"` narrows.
JOBS ?= 2
TESTS ?=

PY := .venv/bin/python
PACKAGES := .venv/.installed
FRONTEND := node_modules/.installed
CHECKS := format lint types imports templates translations migrations deploy

# What the checks run with: like production, with no server behind, and nothing read from a running portal.
CHECK_ENV := env PORTAL_ENV_FILE=/dev/null DEBUG=0 PORTAL_DEMO=0 ALLOWED_HOSTS=portal.invalid \
	PORTAL_URL=https://portal.invalid SECRET_KEY=only-for-make-check-0123456789-abcdefghijklmnopqrstuvwxyz \
	DATABASE_URL=postgresql://check@127.0.0.1:1/check REDIS_URL=redis://127.0.0.1:1/0
MANAGE := $(CHECK_ENV) $(PY) manage.py

.PHONY: help run test check fix bench reset requirements $(CHECKS:%=check-%)
.DEFAULT_GOAL := help

help: ## Vis kommandoerne
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: $(PACKAGES) $(FRONTEND) ## Start hele portalen på http://127.0.0.1:8000 (PORT=8001 vælger en anden port)
	@$(PY) -m slf_portal.local.run

# Few at a time: the access matrix's slow runs stand together, and one process would have them all.
test: $(PACKAGES) $(FRONTEND) ## Kør testene (TESTS="-k navn" vælger, JOBS=1 kører dem i én proces)
	@PORTAL_CHROMIUM=$$($(PY) -m slf_portal.local.browser) && export PORTAL_CHROMIUM && \
		$(PY) -m pytest --numprocesses=$(JOBS) --maxschedchunk=4 $(TESTS)

check: $(PACKAGES) $(FRONTEND) ## Kør alle kontroller af koden; kræver ingen database
	@$(MAKE) --no-print-directory --keep-going $(CHECKS:%=check-%)

fix: $(PACKAGES) ## Ret det, som kan rettes af sig selv
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .
	$(MANAGE) messages --update

bench: $(PACKAGES) $(FRONTEND) ## Mål siderne med 400 teams
	@$(PY) -m slf_portal.local.bench

reset: ## Slet database, mails og logfiler fra make run
	@if [ -x $(PY) ]; then $(PY) -m slf_portal.local.reset; else echo "Der er ikke noget at slette."; fi

requirements: ## Lås Pythonpakkernes versioner igen (kræver uv)
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	$(UV) pip compile --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in \
		-o requirements-dev.txt

check-format:
	@echo "== format: ruff format"
	@$(PY) -m ruff format --check .

check-lint:
	@echo "== lint: ruff check"
	@$(PY) -m ruff check .

check-types:
	@echo "== types: mypy"
	@$(CHECK_ENV) $(PY) -m mypy .

check-imports:
	@echo "== imports: lint-imports"
	@.venv/bin/lint-imports

check-templates:
	@echo "== templates: djlint"
	@$(PY) -m djlint --lint --quiet .

check-translations:
	@echo "== translations: messages --check"
	@$(MANAGE) messages --check

# Without a database Django warns that it cannot compare with the applied migrations; that is not asked here.
check-migrations:
	@echo "== migrations: makemigrations --check"
	@$(CHECK_ENV) $(PY) -W "ignore:Got an error checking a consistent:RuntimeWarning" \
		manage.py makemigrations --check --dry-run

check-deploy:
	@echo "== deploy: check --deploy"
	@$(MANAGE) check --deploy --fail-level WARNING

$(PACKAGES): requirements-dev.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Portalen kræver Python 3.11 eller nyere. Peg på den: make run PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python mangler venv. På Debian og Ubuntu: apt install python3-venv"; exit 1; }
	@echo "Henter Pythonpakker til .venv (første gang tager det et par minutter)"
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt
	@$(PY) -m slf_portal.local.pango
	@touch $@

$(FRONTEND): package.json package-lock.json $(PACKAGES)
	@echo "Henter pakkerne til browseren (npm)"
	@$(PY) -m slf_portal.local.frontend
	@touch $@
