"""The application with all its pages imported, before the workers of a server are forked."""

from django.db import connections
from django.urls import get_resolver

from bnr.wsgi import application

__all__ = ["application"]

assert get_resolver().url_patterns
# Workers open their own.
connections.close_all()
