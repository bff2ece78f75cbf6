"""A server of one's own, and browsers that look at it."""
import pytest
from browsing import Browser, Server


@pytest.fixture(scope="session")
def serve(tmp_path_factory):
    """Starts servers; all are stopped at the end."""
    servers = []

    def start(*options):
        servers.append(Server(tmp_path_factory.mktemp("home"), *options))
        return servers[-1]

    yield start
    for server in servers:
        server.stop()


@pytest.fixture
def browse():
    """Opens browsers; each is gone after the test."""
    browsers = []

    def start(language="en"):
        browsers.append(Browser(language))
        return browsers[-1]

    yield start
    for browser in browsers:
        browser.quit()
