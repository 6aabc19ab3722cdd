"""History: published results of earlier inspections, entered through the services that people use (ADR 0004).

Above the rooms: it takes down, accepts and enters results as they do, speaking of the moment when it happened.
"""
