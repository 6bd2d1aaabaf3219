"""Building the demo organisation with the apps' own actions."""

from slf_portal.demo.actions.build import build_demo

__all__ = ["build_demo"]
