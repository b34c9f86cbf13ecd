# What one does with this project, one word each. `make` alone lists them.

VENV := .venv
PYTHON := $(VENV)/bin/python
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := aide
.PHONY: aide installer installer-dev demarrer test verifier banc nettoyer

aide: ## affiche cette liste
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 24

installer: $(VENV)/installe ## prépare l’environnement Python de l’application

installer-dev: $(VENV)/installe-dev ## y ajoute de quoi tester et vérifier

# Each stamp remembers which requirements were installed.
$(VENV)/installe: requirements.txt
	@python3.11 -c "import venv, ensurepip" 2>/dev/null || { echo "Python 3.11 est introuvable : installez-le (sous Debian, paquets python3.11 et python3.11-venv)." >&2; exit 1; }
	python3.11 -m venv $(VENV)
	$(PIP) -r requirements.txt
	@touch $@

$(VENV)/installe-dev: requirements-dev.txt $(VENV)/installe
	$(PIP) -r requirements-dev.txt
	@touch $@

demarrer: installer ## lance l’application sur http://localhost:8000
	$(PYTHON) manage.py demarrer

test: installer-dev ## lance tous les tests
	@sh bnr/installer_chromium.sh
	$(PYTHON) -m pytest -n 2 --dist worksteal -q

# The checks of a production must pass on a production's settings: these ones name no real server.
PRODUCTION = BNR_ENVIRONNEMENT=production \
	SECRET_KEY="$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')" \
	ALLOWED_HOSTS=bnr.example.fr \
	DATABASE_URL=postgres://bnr_application@localhost/bnr \
	DATABASE_URL_PROPRIETAIRE=postgres://bnr_proprietaire@localhost/bnr \
	EMAIL_URL=smtp://localhost:25 \
	DEFAULT_FROM_EMAIL=bnr@bnr.example.fr

verifier: installer-dev ## vérifie le style, les migrations et les réglages de production
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/ruff check
	$(PYTHON) manage.py makemigrations --check --dry-run
	@echo "manage.py check --deploy"
	@$(PRODUCTION) $(PYTHON) manage.py check --deploy --fail-level WARNING

banc: installer ## mesure les temps de réponse sur de grands nombres
	$(PYTHON) manage.py banc

nettoyer: ## efface ce qui se refabrique (jamais les données de .bnr)
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
