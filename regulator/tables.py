"""Every mapped class, imported once: for migrations, the ledger’s fold and the tests of the house."""

import regulator.accounts.models
import regulator.audits.models
import regulator.casework.models
import regulator.casework.searching.models
import regulator.complaints.models
import regulator.documents.models
import regulator.enforcement.models
import regulator.evidence.models
import regulator.evidence.own_models
import regulator.evidence.sent_models
import regulator.findings.models
import regulator.inspections.models
import regulator.ledger.models
import regulator.letters.models  # noqa: F401
from regulator.db import Base

metadata = Base.metadata
