"""Each path of the law through the real actions, on dates that can be checked by hand: manage.py walkthrough."""

from collections.abc import Callable

from requests_app.walkthrough.clock_paths import (
    abandoned_path,
    correction_path,
    fee_path,
    joint_path,
    partial_path,
    third_party_path,
)
from requests_app.walkthrough.main_path import main_path
from requests_app.walkthrough.records_path import records_path
from requests_app.walkthrough.stage import Walk, WalkthroughFailed

PATHS: dict[str, Callable[[Walk], None]] = {
    "main": main_path,
    "correction": correction_path,
    "abandoned": abandoned_path,
    "third-party": third_party_path,
    "joint": joint_path,
    "fee": fee_path,
    "partial": partial_path,
    "records": records_path,
}

__all__ = ["PATHS", "Walk", "WalkthroughFailed"]
