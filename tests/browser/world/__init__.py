"""A little of everything in the portal, so that every page has something to show: a file for each area.

What a page shows is made in its area's file: add it there, under the name that the places use.
"""

from tests.browser.visitors import Visitors
from tests.browser.world import (
    accounts,
    applications,
    diary,
    gallring,
    imports,
    people,
    posts,
    readings,
    reports,
    runs,
    snapshots,
    transfers,
)
from tests.browser.world.world import World
from tests.cast import Cast

# In the order they need each other.
AREAS = [people, applications, diary, accounts, reports, posts, readings, imports, gallring, runs, snapshots, transfers]


def make_world(cast: Cast, visitors: Visitors) -> World:
    """Write the records. The managers have a second step, as managers must."""
    for leader in (cast.manager, cast.head):
        visitors.give_second_step(leader)
    world = World(cast)
    for area in AREAS:
        world.records.update(area.make(world))
    return world
