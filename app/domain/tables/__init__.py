"""The printed tables 「转办情况表 · 公开情况一览表 · 汇总表」 as definitions, and the figures behind them.

A table is read from the database row by row; who may have it is asked before it is made (the rooms, the command).
"""
