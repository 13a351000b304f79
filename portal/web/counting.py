"""Figures of requests for Prometheus, over all processes of one machine where PORTAL_METRICS_DIR names a folder for them."""

from __future__ import annotations

from django.conf import settings
from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

OWN = CollectorRegistry()
REQUESTS = Counter("portal_requests_total", "Requests answered", ("method", "view", "status"), registry=OWN)
SECONDS = Histogram(
    "portal_request_seconds",
    "How long an answer took",
    ("room",),
    buckets=(0.02, 0.05, 0.1, 0.3, 1, 3, 10),
    registry=OWN,
)
METHODS = {"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"}


def count(method: str, view: str, status: int, seconds: float) -> None:
    """One answer."""
    REQUESTS.labels(method if method in METHODS else "other", view, str(status)).inc()
    SECONDS.labels(view.partition(":")[0]).observe(seconds)


def registry() -> CollectorRegistry:
    """What all processes have counted; without a folder, what this one has."""
    if not settings.PORTAL_METRICS_DIR:
        return OWN
    found = CollectorRegistry()
    MultiProcessCollector(found)  # type: ignore[no-untyped-call]  # the client's own class
    return found
