"""The organisation, its roles, the promises and the imports in the administration."""

from teams.admin import contracts, grus, mandates, organisation, promises, roles, standins, support, topics

__all__ = [
    "contracts",
    "grus",
    "mandates",
    "organisation",
    "promises",
    "roles",
    "standins",
    "support",
    "topics",
]
