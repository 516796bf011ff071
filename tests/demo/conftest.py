"""The demo's addresses and its post, in a test."""

import pytest


@pytest.fixture
def demo(settings, tmp_path):
    """Turn the demo's own pages on, with a post of their own."""
    settings.DEMO = True
    settings.ROOT_URLCONF = "laholm_sociala.demo.root_urls"
    settings.VAR_DIR = tmp_path
    return settings
