"""The documents of a batch 「文书」: 转办单, 交办函, tables and the day's bulletin, and whose each copy is.

They are made of the frozen manifest and of figures, by an allow-list of words; nothing of a reporter is among them.
"""
