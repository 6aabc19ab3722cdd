"""Ledger sheets 「台账导入」: calls and letters of an office's spreadsheet become reports as if taken down here.

A sheet is brought, its columns are named, every row is checked, and the good ones (or all, or none) are taken through
the same `receive()` as a clerk's own entry. What is in a sheet is not history: it happened in this inspection's days,
so it gets live numbers, and the ledger says when it was entered, not when somebody picked up the telephone (ADR 0003).
"""
