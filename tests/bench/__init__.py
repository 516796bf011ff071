"""How fast the portal is, judged against the same work done in the plainest way, in the same process.

Machines differ and are busy: no time is ever judged, only the ratio of two measured in turn. `make bench` runs it.
"""
