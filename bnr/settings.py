"""Settings, from the environment (twelve-factor). README.md lists the variables."""

import sys
from pathlib import Path

import environ
from bootstrap_wrapper import get_bootstrap_dir
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEMONSTRATION, PRODUCTION = "demonstration", "production"
ENVIRONNEMENT = env.str("BNR_ENVIRONNEMENT", DEMONSTRATION)
if ENVIRONNEMENT not in (DEMONSTRATION, PRODUCTION):
    raise ImproperlyConfigured(
        f"BNR_ENVIRONNEMENT vaut « {ENVIRONNEMENT} » : écrire « {DEMONSTRATION} » ou « {PRODUCTION} »."
    )
EN_DEMONSTRATION = ENVIRONNEMENT == DEMONSTRATION
DEBUG = False


def _exiger(variable: str) -> str:
    """The name of a variable without which production does not start."""
    if not env.str(variable, ""):
        raise ImproperlyConfigured(
            f"{variable} manque : en production, cette variable d’environnement est obligatoire."
        )
    return variable


DONNEES = Path(env.str("BNR_DONNEES", str(BASE_DIR / ".bnr"))).resolve()
# A demonstration has nothing to protect; production must bring its own secret.
SECRET_KEY = (
    env.str("SECRET_KEY", "demonstration-" + "x" * 50)
    if EN_DEMONSTRATION
    else env.str(_exiger("SECRET_KEY"))
)
BOUCLE_LOCALE = ["localhost", "127.0.0.1", "[::1]"]
if EN_DEMONSTRATION and (ailleurs := set(env.list("ALLOWED_HOSTS", default=[])) - {*BOUCLE_LOCALE}):
    raise ImproperlyConfigured(
        f"ALLOWED_HOSTS nomme « {', '.join(sorted(ailleurs))} » : la démonstration ne se sert que "
        f"sur cette machine. Pour un vrai service, écrire BNR_ENVIRONNEMENT={PRODUCTION}."
    )
ALLOWED_HOSTS = BOUCLE_LOCALE if EN_DEMONSTRATION else env.list(_exiger("ALLOWED_HOSTS"))
# A new key is written before the old one, that still opens what it closed.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
CSRF_TRUSTED_ORIGINS = [f"https://{hote}" for hote in ALLOWED_HOSTS if not EN_DEMONSTRATION]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "bnr",
    "territoires",
    "situations",
    "pilotage",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "territoires.journal.AdresseDOrigine",
    "territoires.permissions.RolesLusUneFois",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "territoires.sessions.SessionLimitee",
    "territoires.sessions.ConnexionExigee",
    "django.contrib.messages.middleware.MessageMiddleware",
    "bnr.contexte.PagesPrivees",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "territoires.second_facteur.SecondFacteurExige",
    "bnr.portes.Portes",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "bnr.urls"
WSGI_APPLICATION = "bnr.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bnr.contexte.entete",
            ],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"

# Two roles: the owner of the schema migrates, the application reads and writes rows.
ROLE_PROPRIETAIRE = env.str("BNR_ROLE", "application") == "proprietaire"


def _base_de_donnees() -> dict:
    options = {"connect_timeout": 3}
    if "DATABASE_URL" in env:
        url = "DATABASE_URL"
        if ROLE_PROPRIETAIRE and "DATABASE_URL_PROPRIETAIRE" in env:
            url = "DATABASE_URL_PROPRIETAIRE"
        base = env.db_url(url, engine="bnr.postgresql")
        return {**base, "OPTIONS": {**options, **base.get("OPTIONS", {})}}
    return {
        "ENGINE": "bnr.postgresql",
        "NAME": env.str("BNR_BASE", "bnr"),
        "USER": "bnr_proprietaire" if ROLE_PROPRIETAIRE else "bnr_application",
        "SERVEUR_EMBARQUE": str(DONNEES),
        "OPTIONS": options,
    }


# One connection a request: a frozen or restarted server is noticed at once, at a cost of 3 ms.
DATABASES = {"default": {**_base_de_donnees(), "CONN_MAX_AGE": 0}}
ROLE_APPLICATION = (
    env.db_url("DATABASE_URL")["USER"] if "DATABASE_URL" in env else "bnr_application"
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "territoires.Utilisateur"
AUTHENTICATION_BACKENDS = ["territoires.comptes.Portier"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "nom"]},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accueil"
# A link for a new password is a key to the account: it opens for three hours.
PASSWORD_RESET_TIMEOUT = 3 * 3600
ACCOUNT_ADAPTER = "territoires.comptes.AdaptateurComptes"
ACCOUNT_FORMS = {
    "login": "territoires.formulaires_comptes.Connexion",
    "change_password": "territoires.formulaires_comptes.ChangerMotDePasse",
    "set_password": "territoires.formulaires_comptes.DefinirMotDePasse",
    "reset_password": "territoires.formulaires_comptes.MotDePasseOublie",
    "reset_password_from_key": "territoires.formulaires_comptes.NouveauMotDePasse",
    "add_email": "territoires.formulaires_comptes.ChangerAdresse",
    "reauthenticate": "territoires.formulaires_comptes.ConfirmerIdentite",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
# Accounts are made with an address already proved; a new one replaces it once proved.
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS = 1
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Baromètre du non-recours] "
# Wrong passwords on one account, from wherever they come: refused, then, before they are judged.
ESSAIS_PAR_COMPTE = "5/15m/key"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": f"20/m/ip,200/h/ip,{ESSAIS_PAR_COMPTE}",
    "reset_password": "20/m/ip,5/h/key",
}

# The roles that `territoires.permissions` names have one, everywhere but in the demonstration.
SECOND_FACTEUR_EXIGE = not EN_DEMONSTRATION
MFA_ADAPTER = "territoires.comptes.AdaptateurSecondFacteur"
MFA_FORMS = {
    "authenticate": "territoires.formulaires_comptes.CodeDuSecondFacteur",
    "reauthenticate": "territoires.formulaires_comptes.CodeDeConfirmation",
    "activate_totp": "territoires.formulaires_comptes.ActiverApplication",
    "add_webauthn": "territoires.formulaires_comptes.AjouterCle",
    "edit_webauthn": "territoires.formulaires_comptes.RenommerCle",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Baromètre du non-recours"
# A clock may be half a minute late.
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A second factor does not forbid to change one's address: nobody makes an account by themself.
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EN_DEMONSTRATION

# OpenID Connect (ProConnect): one more door to accounts that exist; absent, no door.
SOCIALACCOUNT_ADAPTER = "territoires.fournisseur.AdaptateurFournisseur"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": []}}
if OIDC_SERVEUR := env.str("OIDC_SERVEUR", ""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [
        {
            "provider_id": "oidc",
            "name": env.str("OIDC_NOM", "ProConnect"),
            "client_id": env.str(_exiger("OIDC_CLIENT")),
            "secret": env.str(_exiger("OIDC_SECRET")),
            "settings": {
                "server_url": OIDC_SERVEUR,
                "scope": env.list("OIDC_PORTEE", default=["openid", "email"]),
            },
        }
    ]

# The cache is in the database: throttling is shared by every worker.
CACHES = {"default": {"BACKEND": "bnr.cache.CacheEnBase", "LOCATION": "bnr_cache"}}

# Background work (mail, protected tables) waits in the database for its worker.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_CONFIG = (
    env.email_url("EMAIL_URL", "consolemail://")
    if EN_DEMONSTRATION
    else env.email_url(_exiger("EMAIL_URL"))
)
vars().update(EMAIL_CONFIG)
# A mail server that does not answer must not hold the worker.
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = (
    env.str("DEFAULT_FROM_EMAIL", "barometre@localhost")
    if EN_DEMONSTRATION
    else env.str(_exiger("DEFAULT_FROM_EMAIL"))
)

# The journal is kept that many months, then `purger` removes it (CNIL: from six months to a year,
# three when justified).
JOURNAL_MINIMUM, JOURNAL_MAXIMUM = 6, 36
JOURNAL_CONSERVATION_MOIS = env.int("JOURNAL_CONSERVATION_MOIS", 12)
if not JOURNAL_MINIMUM <= JOURNAL_CONSERVATION_MOIS <= JOURNAL_MAXIMUM:
    raise ImproperlyConfigured(
        f"JOURNAL_CONSERVATION_MOIS vaut {JOURNAL_CONSERVATION_MOIS} : "
        f"le journal se garde de {JOURNAL_MINIMUM} à {JOURNAL_MAXIMUM} mois."
    )
# Who answers for the service, as its legal notice says it.
EDITEUR = env.str("BNR_EDITEUR", "")
HEBERGEUR = env.str("BNR_HEBERGEUR", "")
CONTACT = env.str("BNR_CONTACT", "")

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français")]
TIME_ZONE = "Europe/Paris"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = DONNEES / "statiques"
STATICFILES_DIRS = [BASE_DIR / "static", ("bootstrap", get_bootstrap_dir())]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# A session closes after two hours without a gesture, and after twelve in any case.
SESSION_COOKIE_AGE = SESSION_INACTIVITE = 2 * 3600
SESSION_DUREE = 12 * 3600
# How long before it the page says so; how often the last gesture is written.
SESSION_AVERTIR = 2 * 60
SESSION_PAS = 5 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "bnr.erreurs.jeton_refuse"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not EN_DEMONSTRATION
SECURE_SSL_REDIRECT = not EN_DEMONSTRATION
SECURE_HSTS_SECONDS = 0 if EN_DEMONSTRATION else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not EN_DEMONSTRATION
# In production one proxy ends TLS and says for whom it asks.
DERRIERE_UN_PROXY = not EN_DEMONSTRATION
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if DERRIERE_UN_PROXY else 0
if DERRIERE_UN_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
# The longest honest post is a form of several rights; texts are bounded by their questions.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"base_absente": {"()": "bnr.journaux.UneLigneSiBaseAbsente"}},
    "formatters": {"simple": {"format": "%(asctime)s %(levelname)s %(name)s : %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "stream": sys.stderr,
            "formatter": "simple",
            "filters": ["base_absente"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
