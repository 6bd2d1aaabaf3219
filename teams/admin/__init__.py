"""The organisation, its roles, the promises and the imports in the administration."""

from teams.admin import organisation, promises, roles, support

__all__ = ["organisation", "promises", "roles", "support"]
