"""Mergeable histograms, intervals, and the fold from records to a summary."""
