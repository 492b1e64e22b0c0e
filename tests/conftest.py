"""What holds for every test: hypothesis decides nothing by time, and in CI no test may be skipped.

TERTULIA_NO_SKIPS=1 turns a skip into a failure. TERTULIA_MAY_SKIP allows those whose reason contains one
of its comma-separated texts, for a machine that can't have something (such as a file that we may not publish).
"""

from __future__ import annotations

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

settings.register_profile("tertulia", deadline=None, derandomize="CI" in os.environ, print_blob=True)
settings.load_profile("tertulia")

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _refuse_skip((yield))


def _refuse_skip(report: Report) -> Report:
    if os.environ.get("TERTULIA_NO_SKIPS") != "1" or not report.skipped or hasattr(report, "wasxfail"):
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    allowed = os.environ.get("TERTULIA_MAY_SKIP", "").split(",")
    if not any(text and text in reason for text in allowed):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped where nothing may be: {reason}"
    return report
