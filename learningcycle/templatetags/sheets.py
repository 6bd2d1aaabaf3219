"""The QR code of a sheet of paper. Load it with `{% load sheets %}`."""

from itertools import groupby

import segno
from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()

# So many modules around a code stay white: less is not read by every telephone.
QUIET_ZONE = 4


@register.simple_tag
def qr_code(address: str, label: str) -> SafeString:
    """The address as a drawing without style or script; `label` says in words where it leads."""
    code = segno.make(address, error="m", micro=False)
    side = code.symbol_size(border=QUIET_ZONE)[0]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" class="qr-code" role="img" viewBox="0 0 {side} {side}"'
        ' shape-rendering="crispEdges"><title>{label}</title><path d="{path}"></path></svg>',
        side=side,
        label=label,
        path=_path(code),
    )


def _path(code: segno.QRCode) -> str:
    """Each run of dark modules in a row as a bar, one module high."""
    bars = []
    for y, row in enumerate(code.matrix, start=QUIET_ZONE):
        x = QUIET_ZONE
        for is_dark, run in groupby(row):
            length = len(list(run))
            if is_dark:
                bars.append(f"M{x} {y}h{length}v1h-{length}z")
            x += length
    return "".join(bars)
