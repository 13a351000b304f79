"""The portal's addresses, and a bare view beside them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def bare(request: HttpRequest) -> HttpResponse:
    """Nothing but an answer."""
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare), path("", include("portal.urls"))]
