# The portal's commands. `make help` lists them; scripts/ holds what they do.
PYTHON ?= python3
VENV := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run worker test test-unit test-browser oracle drill check format bench walkthrough screenshots pii-report seal-report redaction-report papers-report house-report backup verify-backup lock mail-report mutants clean

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

setup: ## prepare everything: packages, libraries, fonts, front end, database
	@$(PYTHON) scripts/setup.py

run: setup ## start web server and job worker (PORT, DATABASE_URL, PORTAL_* from the environment)
	@$(VENV) scripts/run.py

worker: setup ## start the job worker alone
	@$(VENV) manage.py worker

test: ## the whole suite, on SQLite, on PostgreSQL and in Chromium
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/test.py

test-unit: ## the suite without browser, on SQLite
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/test.py sqlite

test-browser: ## the browser tests alone
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/test.py browser

oracle: ## the product beside a second understanding of the rules for MINUTES (60) on random seeds; exit 1 if they differ
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/oracle.py $(or $(MINUTES),60) $(or $(PROCESSES),2)

drill: ## rehearse kills, flood, rotation, a wrong clock, install, upgrade, restore, point_in_time and more; NAMES="flood kills" runs some
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/drill.py $(NAMES)

mutants: ## small wrongs put into the code for MINUTES (20): how many do the tests notice, by room
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/mutants.py $(or $(MINUTES),20) $(or $(SEED),1) $(ROOMS)

check: ## format, lint, types, import contracts, templates, migrations, deployment settings
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/check.py

format: ## put the code into the house format
	@.venv/bin/ruff format .
	@.venv/bin/ruff check --fix .

# `make bench letters board` runs those two: the words behind `bench` are names of benchmarks, not targets.
ifeq (bench,$(firstword $(MAKECMDGOALS)))
BENCHMARKS := $(filter-out bench,$(MAKECMDGOALS))
$(BENCHMARKS): bench ; @:
endif

bench: ## measured speed beside its references; `make bench letters` runs one
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) -m bench $(BENCHMARKS)

walkthrough: ## one request from the citizen's form to the public copy, into var/walkthrough
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) manage.py walkthrough --out var/walkthrough

screenshots: ## pictures of every page at 1280 and 390 px, into var/screenshots
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/test.py screenshots

pii-report: ## precision and recall of the personal-data screening per kind, beside the goals
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) scripts/pii_report.py

seal-report: ## precision and recall of the seal and red-header detector on drawn samples
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) -m bench.seal_report

redaction-report: ## recall and false alarms of the gate on failed redactions and clean files; exit 1 if one falls short
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) -m bench.redaction_report

papers-report: ## every kind of paper before veraPDF and four readers of PDF; exit 1 if one falls short
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) -m bench.papers_report

house-report: ## size, repetition and migrate time of the code beside an earlier build
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) -m bench.house_report

backup: setup ## back up database and files into DIR (var/backups)
	@$(VENV) manage.py backup $(or $(DIR),var/backups)

verify-backup: setup ## prove the backup in DIR: checksums, the copy opens
	@$(VENV) manage.py verify_backup $(DIR)

mail-report: ## the corpus of mails as the mailbox reads it, with the outcome of each; exit 1 if one is read wrongly
	@$(PYTHON) scripts/setup.py --for test
	@$(VENV) -m bench.mail_report

lock: ## write the hashed lock files anew from requirements/*.in
	@$(PYTHON) scripts/setup.py --for tools
	@$(VENV) scripts/lock.py

clean: ## remove caches and what can be made again; data under var/ stays
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis htmlcov test-results assets/dist
	@rm -rf var/stamps var/test var/static
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
