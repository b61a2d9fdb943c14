"""Checks: one class per rule kind. Each is compiled from all rules of its kind and reads an analysis."""
