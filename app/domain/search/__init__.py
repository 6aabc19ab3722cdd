"""Full text and look-alikes over what has been published, and over nothing else; the same answers on both databases.

The index follows the case: whoever publishes, unpublishes or changes a published text writes it in the same
transaction (`indexing`), so that no service can forget it. ADR 0011 says how it works and what it was measured at.
"""

from app.domain.search.indexing import index_case, index_if_missing, rebuild, unindex_case
from app.domain.search.likeness import Alike, alike
from app.domain.search.matching import matching

__all__ = ["Alike", "alike", "index_case", "index_if_missing", "matching", "rebuild", "unindex_case"]
