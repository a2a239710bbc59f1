"""Letters: merged and frozen in the step, delivered by the worker."""
