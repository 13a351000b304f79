"""Browsers without a network that share one stack of middleware: to build it costs as much as a page."""

from __future__ import annotations

from django.test import Client
from django.test.client import ClientHandler

HANDLER = ClientHandler(enforce_csrf_checks=False)


def new_browser() -> Client:
    """A browser with cookies of its own; a crash of a page is an answer with status 500."""
    client = Client(raise_request_exception=False)
    client.handler = HANDLER
    return client
