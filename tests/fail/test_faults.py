"""Every rule has a faulty file, and that file comes back with that rule at that cell; its neighbours go in."""

from __future__ import annotations

import pytest

from pipelines.findings import FileReport
from tests.fail.faults import UNREACHABLE, Fault, faults, is_unreachable, rules
from tests.intake.files import prepared

FAULTS = faults()


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, FileReport]:
    """What the production pipeline says of every faulty file, all of them in one run."""
    from pipelines.intake import check

    root = prepared(tmp_path_factory.mktemp("faults"))
    paths = {f.rule: f.sample.write(root / "raw" / f.sample.source, f.rows, f.rule) for f in FAULTS}
    found = check(list(paths.values()), root)
    return dict(zip(paths, found, strict=True))


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.rule)
def test_faulty_file_is_found_at_its_cell(fault: Fault, reports: dict[str, FileReport]) -> None:
    report = reports[fault.rule]
    hit = [(s, f) for s in report.submissions for f in s.findings if f.rule == fault.rule]
    assert hit, [f.rule for s in report.submissions for f in s.findings]
    submission, finding = hit[0]
    assert finding.severity == fault.severity
    assert finding.message
    assert finding.fix
    assert (submission.status == "refused") is any(f.severity == "error" for f in submission.findings)
    if fault.heading:
        assert finding.column == fault.heading
        heading = list(fault.rows[0]).index(fault.heading)
        first = len(fault.sample.titles) + 2
        assert finding.cell == f"{chr(65 + heading) if heading < 26 else 'A' + chr(39 + heading)}{first}"


@pytest.mark.parametrize("fault", [f for f in FAULTS if not f.sample.alone], ids=lambda fault: fault.rule)
def test_neighbours_of_the_faulty_school_go_in(fault: Fault, reports: dict[str, FileReport]) -> None:
    clean = [s for s in reports[fault.rule].submissions if not s.findings]
    assert clean
    assert all(s.status == "accepted" for s in clean)


def test_no_rule_lacks_a_faulty_file() -> None:
    told = {fault.rule for fault in FAULTS}
    assert not [
        e["meta"]["rule"]
        for t, e in rules()
        if e["meta"]["rule"] not in told and not is_unreachable(t, e["meta"])
    ]


def test_no_excuse_is_left_over() -> None:
    known = {e["meta"]["rule"] for _, e in rules()}
    assert not [name for name in UNREACHABLE if not any(r == name or r.startswith(f"{name}.") for r in known)]
