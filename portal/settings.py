"""Settings of the portal: read once from the environment through portal.env."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from csp.constants import NONE, SELF

from portal import env

BASE_DIR = env.BASE_DIR
VAR_DIR: Path = env.VAR_DIR
PRODUCTION = env.PRODUCTION
DEBUG = env.flag("PORTAL_DEBUG", default=False)

SECRET_KEY = env.secret("PORTAL_SECRET_KEY", "secret_key")
SECRET_KEY_FALLBACKS = env.words("PORTAL_SECRET_KEY_FALLBACKS")
PORTAL_FIELD_KEYS = env.secret("PORTAL_FIELD_KEYS", "field_keys")
PORTAL_INDEX_KEY = env.secret("PORTAL_INDEX_KEY", "index_key")
PORTAL_ANCHOR_KEY = env.secret("PORTAL_ANCHOR_KEY", "anchor_key", needed=False)

SITE_URL = env.text("PORTAL_SITE_URL", "http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.words("PORTAL_ALLOWED_HOSTS", "127.0.0.1,localhost,testserver")
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_TRUSTED_ORIGINS")
TRUSTED_PROXY_COUNT = env.number("PORTAL_TRUSTED_PROXY_COUNT", 0)

PORTAL_SITE_NAME = env.text("PORTAL_SITE_NAME", "玉溪市政民互动与信息公开平台")
PORTAL_CITY_NAME = env.text("PORTAL_CITY_NAME", "玉溪市人民政府")
PORTAL_ICP = env.text("PORTAL_ICP", "滇ICP备00000000号")
PORTAL_PSB = env.text("PORTAL_PSB", "滇公网安备00000000000000号")
PORTAL_SITE_CODE = env.text("PORTAL_SITE_CODE", "5304000000")
# Where the footer's numbers are looked up, and where faults of government sites are told to the State Council's office;
# 党政机关网站标识 has a page of its own for each site, and no link without one.
PORTAL_REGISTERS = {
    "icp": "https://beian.miit.gov.cn/",
    "psb": "https://beian.mps.gov.cn/",
    "faults": f"https://zfwzgl.www.gov.cn/exposure/jiucuo.html?site_code={PORTAL_SITE_CODE}",
    "party": env.text("PORTAL_PARTY_BADGE", ""),
}
PORTAL_CONTACT_PHONE = env.text("PORTAL_CONTACT_PHONE", "0877-12345")
PORTAL_CONTACT_ADDRESS = env.text("PORTAL_CONTACT_ADDRESS", "云南省玉溪市红塔区")
PORTAL_FONT_DIR = Path(env.text("PORTAL_FONT_DIR", str(BASE_DIR / "var" / "fonts")))
PORTAL_FILES_DIR = Path(env.text("PORTAL_FILES_DIR", str(VAR_DIR / "files")))
# Files in an object store with S3's interface instead of on a disk, for several machines.
PORTAL_S3_BUCKET = env.text("PORTAL_S3_BUCKET")
PORTAL_S3_ENDPOINT = env.text("PORTAL_S3_ENDPOINT")
PORTAL_S3_REGION = env.text("PORTAL_S3_REGION", "us-east-1")
PORTAL_S3_PREFIX = env.text("PORTAL_S3_PREFIX", "files/")
PORTAL_S3_KEY = env.text("PORTAL_S3_KEY")
PORTAL_S3_SECRET = env.text("PORTAL_S3_SECRET")
PORTAL_S3_CA = env.text("PORTAL_S3_CA")
PORTAL_SEARCH_DIR = Path(env.text("PORTAL_SEARCH_DIR", str(VAR_DIR / "search")))
PORTAL_SEARCH_INLINE = env.ENVIRONMENT == "test"
PORTAL_SEARCH_SURE_SECONDS = 0.0 if env.ENVIRONMENT == "test" else 0.5
PORTAL_BACKUP_DIR = Path(env.text("PORTAL_BACKUP_DIR", str(BASE_DIR / "var" / "backups")))
PORTAL_CERTIFICATE = env.text("PORTAL_CERTIFICATE", "/etc/portal/tls/fullchain.pem")
PORTAL_DEMO = env.flag("PORTAL_DEMO", default=not PRODUCTION)
PORTAL_ADMIN = env.flag("PORTAL_ADMIN", default=not PRODUCTION)
PORTAL_CLAMD = env.text("PORTAL_CLAMD")
PORTAL_MAX_UPLOAD_MB = env.number("PORTAL_MAX_UPLOAD_MB", 20)

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "rest_framework",
    "drf_spectacular",
    "django_fsm",
    "django_q",
    "csp",
    "portal.units",
    "portal.holidays",
    "portal.privacy",
    "portal.ledger",
    "portal.jobs",
    "portal.files",
    "portal.postbox",
    "portal.messaging",
    "portal.cases",
    "portal.documents",
    "portal.search",
    "portal.publishing",
    "portal.backup",
    "portal.web",
    "portal.records",
    "requests_app",
    "requests_app.returns",
    "mailbox",
    "mailbox.responses",
    "consultations",
    "consultations.polls",
    "consultations.hearings",
    "consultations.proposals",
    "consultations.courses",
    "notices",
    "notices.reports",
    "notices.watch",
    "portal.api",
    "portal.site",
    "portal.workbench",
    "portal.supervision",
    "portal.administration",
    "portal.city",
]

MIDDLEWARE = [
    "portal.web.requests.RequestMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "portal.web.errors.NoNullMiddleware",
    "portal.web.caching.CachePolicyMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.web.idle.IdleMiddleware",
    "portal.web.errors.PortalErrorMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
FORM_RENDERER = "portal.web.rendering.PortalFormRenderer"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.web.context.site",
            ],
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ]
            if not DEBUG
            else [
                "django.template.loaders.filesystem.Loader",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    }
]

DATABASES = {"default": env.database()}
if env.text("PORTAL_REPLICA_URL"):
    DATABASES["replica"] = env.database("PORTAL_REPLICA_URL") | {"TEST": {"MIRROR": "default"}}
    DATABASE_ROUTERS = ["portal.web.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.text("PORTAL_REDIS_URL")
CACHES = {
    "default": {"BACKEND": "portal.web.cache.SteadyRedisCache", "LOCATION": REDIS_URL}
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "portal"}
}

AUTH_USER_MODEL = "units.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "portal.site.passwords.NotLikeOneself"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_HASHERS = (
    ["django.contrib.auth.hashers.MD5PasswordHasher"]
    if env.ENVIRONMENT == "test"
    else [
        "django.contrib.auth.hashers.ScryptPasswordHasher",
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
    ]
)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = env.text("PORTAL_EMAIL_VERIFICATION", "optional")
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_ADAPTER = "portal.site.accounts.DoorAdapter"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{PORTAL_SITE_NAME}] "
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
# counted in rows that all processes share instead, see portal/site/accounts.py
ACCOUNT_RATE_LIMITS = dict.fromkeys(("login", "login_failed", "signup", "reset_password", "confirm_email"))
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXY_COUNT
MFA_ADAPTER = "portal.privacy.second_factor.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "portal.site.accounts.CodeForm",
    "reauthenticate": "portal.site.accounts.AgainForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = PORTAL_SITE_NAME
PORTAL_STAFF_IDLE_MINUTES = env.number("PORTAL_STAFF_IDLE_MINUTES", 30)
PORTAL_STAFF_SLEEP_DAYS = env.number("PORTAL_STAFF_SLEEP_DAYS", 90)
PORTAL_STAFF_MFA = env.flag("PORTAL_STAFF_MFA", default=PRODUCTION)

# Signing in through another house (OpenID Connect): a provider for staff, one for citizens; each only where it is named.
OIDC_APPS = env.oidc_apps()
PORTAL_OIDC_LEVELS = {app["provider_id"]: app["settings"]["levels"] for app in OIDC_APPS}
if OIDC_APPS or env.ENVIRONMENT == "test":
    INSTALLED_APPS.insert(
        INSTALLED_APPS.index("allauth.socialaccount") + 1, "allauth.socialaccount.providers.openid_connect"
    )
SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": OIDC_APPS}}
SOCIALACCOUNT_ADAPTER = "portal.site.oidc.OidcAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_EMAIL_REQUIRED = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "assets" / "dist"]
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "media"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.site.errors.csrf_failed"
SESSION_SERIALIZER = "django.contrib.sessions.serializers.JSONSerializer"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 10
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
if PRODUCTION:
    SECURE_SSL_REDIRECT = env.flag("PORTAL_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]  # asked from inside the machine
    SECURE_HSTS_SECONDS = env.number("PORTAL_HSTS_SECONDS", 31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-portal"
    CSRF_COOKIE_NAME = "__Host-csrf"
    if TRUSTED_PROXY_COUNT:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF, *(app["settings"]["server_url"] for app in OIDC_APPS)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "geolocation": [],
    "microphone": [],
    "payment": [],
    "usb": [],
}

EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if env.text("PORTAL_SMTP_HOST")
    else "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST = env.text("PORTAL_SMTP_HOST", "127.0.0.1")
EMAIL_PORT = env.number("PORTAL_SMTP_PORT", 25)
EMAIL_HOST_USER = env.text("PORTAL_SMTP_USER")
EMAIL_HOST_PASSWORD = env.text("PORTAL_SMTP_PASSWORD")
PORTAL_IMAP_HOST = env.text("PORTAL_IMAP_HOST")
PORTAL_IMAP_PORT = env.number("PORTAL_IMAP_PORT", 993)
PORTAL_IMAP_USER = env.text("PORTAL_IMAP_USER")
PORTAL_IMAP_PASSWORD = env.text("PORTAL_IMAP_PASSWORD")
PORTAL_MAILBOX_ADDRESS = env.text("PORTAL_MAILBOX_ADDRESS")
PORTAL_IMAP_TLS = env.flag("PORTAL_IMAP_TLS", True)
EMAIL_USE_TLS = env.flag("PORTAL_SMTP_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("PORTAL_MAIL_FROM", "noreply@portal.invalid")
PORTAL_SMS_GATEWAY = env.text("PORTAL_SMS_GATEWAY", "portal.messaging.sms.FileGateway")
PORTAL_SMS_URL = env.text("PORTAL_SMS_URL")
PORTAL_SMS_SECRET = env.text("PORTAL_SMS_SECRET")

# Only the table of schedules and the record of runs: the lanes of portal/jobs/worker/ run them.
Q_CLUSTER = {
    "name": "portal",
    "orm": "default",
    "timeout": 1800,
    "retry": 3600,
    "save_limit": 200,
    "label": "定时任务",
}

REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["portal.api.parsers.ShallowJSONParser"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "portal.api.errors.handle",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "玉溪市政民互动与信息公开平台 API",
    "DESCRIPTION": "依申请公开、公开答复与期限计算的公开接口。",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
}

# Figures for Prometheus: from these addresses without, from elsewhere with the token; counted over all processes of the
# machine in that folder. Off in tests, so that no test depends on what another counted.
PORTAL_METRICS = env.flag("PORTAL_METRICS", default=env.ENVIRONMENT != "test")
PORTAL_METRICS_DIR = env.text("PORTAL_METRICS_DIR")
if PORTAL_METRICS_DIR:  # read when the client is loaded, wherever that is first
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = PORTAL_METRICS_DIR
PORTAL_METRICS_FROM = env.words("PORTAL_METRICS_FROM", "127.0.0.1,::1")
PORTAL_METRICS_TOKEN = env.text("PORTAL_METRICS_TOKEN")

PORTAL_FIGURES_SECONDS = env.number("PORTAL_FIGURES_SECONDS", 0 if env.ENVIRONMENT == "test" else 60)
PORTAL_IDEMPOTENCY_KEEP = timedelta(days=7)
PORTAL_HOLIDAY_CHECK_SECONDS = env.number(
    "PORTAL_HOLIDAY_CHECK_SECONDS", 0 if env.ENVIRONMENT == "test" else 10
)
PORTAL_CODE_FAILURES_PER_RECEIPT = 5
PORTAL_CODE_FAILURES_PER_ADDRESS = 20
PORTAL_COMMENTS_PER_HOUR = 20
PORTAL_PROPOSAL_SUPPORTS = env.number("PORTAL_PROPOSAL_SUPPORTS", 50)
PORTAL_VOTES_PER_ADDRESS = env.number("PORTAL_VOTES_PER_ADDRESS", 50)
PORTAL_PROOF_NUMBER = env.number("PORTAL_PROOF_NUMBER", 20000)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "portal.web.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {
        "handlers": ["console"],
        "level": env.text("PORTAL_LOG_LEVEL", "INFO" if PRODUCTION else "WARNING"),
    },
}
SILENCED_SYSTEM_CHECKS: list[str] = []
