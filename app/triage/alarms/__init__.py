"""Clusters of reports on one place or one polluter, raised as alarms while there is still time to go and look."""
