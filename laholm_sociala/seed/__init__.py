"""Realistic volume for demo and benchmarks: the same seed gives the same rows, keys included.

What can be made in volume is one `Volume` each, in `volumes.VOLUMES`; the command `seed` has an option for each.
"""
