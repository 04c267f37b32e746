"""Every setting in one place; what a firm may change is read from the environment by foundation.settings."""

from __future__ import annotations

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from daifuku.foundation import settings as read
from daifuku.foundation.outgoing import allowed

BASE = Path(__file__).resolve().parent
HOME = read.home(BASE.parent)

SECRET_KEY = read.secret_key(HOME)
DEBUG = read.flag("DAIFUKU_DEBUG", default=False)
BASE_URL = read.text("DAIFUKU_URL", "http://localhost:8000").rstrip("/")
HTTPS = BASE_URL.startswith("https://")
ALLOWED_HOSTS = [*read.names("DAIFUKU_HOSTS"), "localhost", "127.0.0.1", "[::1]"]
if (_own_host := BASE_URL.split("://", 1)[-1].split("/")[0].rsplit(":", 1)[0]) not in ALLOWED_HOSTS:
    ALLOWED_HOSTS.append(_own_host)

INSTALLED_APPS = [
    "daifuku.web",
    "daifuku.api",
    "daifuku.transfers",
    "daifuku.backups",
    "daifuku.handover",
    "daifuku.daily",
    "daifuku.penalties",
    "daifuku.distribution",
    "daifuku.rules",
    "daifuku.duties",
    "daifuku.minutes",
    "daifuku.customers",
    "daifuku.catalog",
    "daifuku.deals",
    "daifuku.quotes",
    "daifuku.orders",
    "daifuku.milestones",
    "daifuku.billing",
    "daifuku.forecast",
    "daifuku.accounting",
    "daifuku.dedupe",
    "daifuku.merging",
    "daifuku.conversion",
    "daifuku.passing",
    "daifuku.cards",
    "daifuku.activities",
    "daifuku.voices",
    "daifuku.phone",
    "daifuku.documents",
    "daifuku.messages",
    "daifuku.records",
    "daifuku.staff",
    "daifuku.ledger",
    "daifuku.jobs",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
]

MIDDLEWARE = [
    "daifuku.web.middleware.security_headers",
    "daifuku.web.canonical_host.canonical_host",
    "django.middleware.security.SecurityMiddleware",
    "daifuku.records.middleware.live_first",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "daifuku.phone.middleware.clear_when_signed_out",
    "daifuku.staff.asked_always.together",
    "daifuku.staff.session_limits.limit_sessions",
    "daifuku.web.middleware.language_of_the_person",
    "daifuku.web.middleware.viewer",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "daifuku.web.middleware.ledger_channel",
    "daifuku.web.middleware.clear_sentences",
    "daifuku.staff.gate.sign_in_first",
    "daifuku.staff.gate.second_factor_first",
    "daifuku.web.middleware.readable_addresses",
    "daifuku.records.middleware.steady_vocabulary",
]

CSRF_FAILURE_VIEW = "daifuku.web.refusals.csrf_failure"
ROOT_URLCONF = "daifuku.urls"
WSGI_APPLICATION = "daifuku.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "daifuku.web.context.shell",
            ],
            "builtins": ["daifuku.foundation.reversing", "daifuku.foundation.kept_tags"],
            "libraries": {"i18n": "daifuku.foundation.i18n_tags"},
        },
    },
]

# `i18n` is found twice on purpose: ours stands in for Django's.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]

DATABASES = {"default": read.database(HOME)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("日本語")), ("en", _("英語"))]
LOCALE_PATHS = [BASE / "locale"]
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
STORAGES = {
    "default": {"BACKEND": "daifuku.records.storage.ContentStorage"},
    "staticfiles": {"BACKEND": "daifuku.web.statics.Storage"},
}
MEDIA_ROOT = HOME / "files"
WHITENOISE_USE_FINDERS = DEBUG

AUTH_USER_MODEL = "staff.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "daifuku.staff.adapter.StaffAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = bool(read.text("DAIFUKU_MAIL_HOST"))
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",
    "reset_password": "10/m/ip,3/10m/key",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if read.flag("DAIFUKU_BEHIND_PROXY", default=False) else 0
ACCOUNT_FORMS = {
    "login": "daifuku.staff.sign_in_forms.LoginForm",
    "reauthenticate": "daifuku.staff.sign_in_forms.ReauthenticateForm",
    "change_password": "daifuku.staff.sign_in_forms.ChangePasswordForm",
    "reset_password": "daifuku.staff.sign_in_forms.ResetPasswordForm",
    "reset_password_from_key": "daifuku.staff.sign_in_forms.ResetPasswordKeyForm",
}
MFA_ADAPTER = "daifuku.staff.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "activate_totp": "daifuku.staff.sign_in_forms.ActivateForm",
    "add_webauthn": "daifuku.staff.sign_in_forms.AddPasskeyForm",
    "edit_webauthn": "daifuku.staff.sign_in_forms.EditPasskeyForm",
    "authenticate": "daifuku.staff.sign_in_forms.CodeForm",
    "reauthenticate": "daifuku.staff.sign_in_forms.ReauthenticateCodeForm",
}
# Django's own: allauth's copies the address into a second table, where an address that was changed would live on.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 24 * 3600
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
MFA_TOTP_ISSUER = "大福帳"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}

SESSION_ENGINE = "daifuku.staff.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = read.whole_number("DAIFUKU_SESSION_IDLE_DAYS", 14, least=1) * 24 * 3600
SESSION_LONGEST_SECONDS = read.whole_number("DAIFUKU_SESSION_DAYS", 90, least=1) * 24 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_USE_SESSIONS = False
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if read.flag("DAIFUKU_BEHIND_PROXY", default=False) else None
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
WEB_THREADS = read.whole_number("DAIFUKU_WEB_THREADS", 4, least=1)
WEB_QUEUE = 128
UPLOAD_LIMIT = read.whole_number("DAIFUKU_UPLOAD_LIMIT_MB", 100, least=1) * 1024 * 1024

BACKUP_FOLDER = read.text("DAIFUKU_BACKUP_FOLDER", str(HOME / "backups"))
BACKUP_KEPT = read.ladder("DAIFUKU_BACKUP_KEPT", "7,4,3")
BACKUP_COPY = read.text("DAIFUKU_BACKUP_COPY")

CALLS_ALLOWED = allowed.read(read.names("DAIFUKU_CALLS_ALLOWED"))

# For whoever has not chosen his own: no mail and no push at night and on days off. Equal times: no such hours.
QUIET_HOURS = read.clocks("DAIFUKU_QUIET_HOURS", "20:00-07:00")
QUIET_DAYS = read.flag("DAIFUKU_QUIET_DAYS", default=True)

EMAIL_HOST = read.text("DAIFUKU_MAIL_HOST")
EMAIL_PORT = read.whole_number("DAIFUKU_MAIL_PORT", 587)
EMAIL_HOST_USER = read.text("DAIFUKU_MAIL_USER")
EMAIL_HOST_PASSWORD = read.text("DAIFUKU_MAIL_PASSWORD")
EMAIL_USE_TLS = read.flag("DAIFUKU_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 20
EMAIL_BACKEND = "daifuku.messages.backend.Outbox"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read.text("DAIFUKU_MAIL_FROM", "daifuku@localhost")

# Failed sign-ins are counted and codes used up here, so all web processes must share it. It writes to the database:
# nothing that a page asks often belongs in it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "staff_shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "filters": {"secrets": {"()": "daifuku.foundation.log_filter.HideSecrets"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["secrets"]}},
    "root": {"handlers": ["console"], "level": read.text("DAIFUKU_LOG", "WARNING")},
}
