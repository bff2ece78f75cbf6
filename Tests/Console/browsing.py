"""`poundkey serve` as a process, and the browser that looks at it."""
import json
import os
import re
import signal
import subprocess
import urllib.request
from importlib.resources import files
from pathlib import Path

from selenium import webdriver
from selenium.webdriver.support.ui import WebDriverWait

ROOT = Path(__file__).resolve().parent.parent.parent
POUNDKEY = Path(os.environ.get("POUNDKEY_UNDER_TEST", ROOT / ".build/release-static/release/poundkey"))
#: s that anything may take which is not a demo at its own pace.
PATIENCE = 20


class Server:
    """`poundkey serve` on a port of its own; the same port again after `restart`."""

    def __init__(self, home, *options):
        self.home, self.options, self.port, self.process = home, options, 0, None
        self.start()

    def start(self):
        environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "POUNDKEY_HOME": str(ROOT)}
        self.process = subprocess.Popen(
            [POUNDKEY, "serve", "--port", str(self.port), *map(str, self.options)], env=environment, cwd=ROOT,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        told = ""
        for line in self.process.stdout:
            told += line
            if found := re.search(r"http://127\.0\.0\.1:(\d+)/", line):
                self.port = int(found[1])
                return
        raise AssertionError(f"poundkey serve ended: {told}")

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.process.stdout.close()

    def restart(self):
        self.stop()
        self.start()

    def get(self, path):
        with urllib.request.urlopen(self.url + path, timeout=PATIENCE) as answer:
            return answer.read().decode()

    def post(self, path, **body):
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json", "Origin": self.url})
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return json.loads(answer.read())


class Browser(webdriver.Chrome):
    """Headless Chromium with a sound device that is none."""

    def __init__(self, language="en"):
        options = webdriver.ChromeOptions()
        options.binary_location = "/usr/bin/chromium"
        for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--use-fake-device-for-media-stream",
                         "--use-fake-ui-for-media-stream", "--autoplay-policy=no-user-gesture-required",
                         "--window-size=1600,1000", f"--lang={language}", f"--accept-lang={language}"):
            options.add_argument(argument)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        super().__init__(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))

    def until(self, condition, patience=PATIENCE):
        """Waits for what a function of the browser finds; what it throws on the way counts as not yet."""
        return WebDriverWait(self, patience, poll_frequency=0.05, ignored_exceptions=[Exception]).until(condition)

    def medium(self, scheme="light", motion="no-preference"):
        features = [{"name": "prefers-color-scheme", "value": scheme}, {"name": "prefers-reduced-motion", "value": motion}]
        self.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def size(self, width, height):
        self.execute_cdp_cmd("Emulation.setDeviceMetricsOverride",
                             {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})

    def complaints(self):
        """What the console of the browser holds that is wrong: scripts, refused content."""
        return [entry["message"] for entry in self.get_log("browser")
                if entry["level"] == "SEVERE" and "ERR_CONNECTION_REFUSED" not in entry["message"]]

    def violations(self):
        """Serious and critical findings of axe-core, as it stands in its PyPI package."""
        self.execute_script((files("axe_core_python") / "axe.min.js").read_text())
        found = self.execute_async_script(
            "const done = arguments[0]; axe.run().then(r => done(r.violations.map(v => "
            "[v.impact, v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)])))")
        return [one for one in found if one[0] in ("serious", "critical")]
