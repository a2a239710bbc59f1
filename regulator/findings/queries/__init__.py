"""What may be asked of areas, reports, recommendations and what is public. `by` is always an argument."""

from regulator.findings.queries.recommendations import (
    DraftRow,
    RecommendationRow,
    drafts_of,
    recommendations_of,
)
from regulator.findings.queries.reports import (
    AreaRow,
    FindingRow,
    PublicationRow,
    RatingRow,
    ReportRow,
    VisitRow,
    areas_of,
    findings_of,
    has_several_bodies,
    publications_of,
    report_of,
    visits_of,
)

__all__ = [
    "AreaRow",
    "DraftRow",
    "FindingRow",
    "PublicationRow",
    "RatingRow",
    "RecommendationRow",
    "ReportRow",
    "VisitRow",
    "areas_of",
    "drafts_of",
    "findings_of",
    "has_several_bodies",
    "publications_of",
    "recommendations_of",
    "report_of",
    "visits_of",
]
