"""Runs opened, named, pinned, compared, deleted and brought back by a real mouse: python3 runs_test.py ELBOW"""

import json
import os
import shutil
import subprocess
import sys
import unittest

import desktop

ELBOW = ""


class Runs(unittest.TestCase):
    def setUp(self):
        display = desktop.Display()
        self.addCleanup(display.close)
        self.window = desktop.Window(ELBOW, display, ["--dataset", "shapes", "--scale", "1"])
        self.addCleanup(self.window.close)
        desktop.wait_until(lambda: "controls.samples" in self.window.layout() and self.window.samples() > 0, "training to begin", 120)
        self.window.measure_patience()

    def is_seen(self, name):
        return name in self.window.layout()

    def run_folder(self, name):
        return self.window.folder / "runs" / name

    def train(self, name, latents):
        """A run of another program, in the folder in which the window looks for saved ones."""
        subprocess.run([ELBOW, "train", "--dataset", "shapes", "--latent", str(latents), "--samples", "2000", "--out",
                        str(self.run_folder(name))], env=self.window.environment, check=True, capture_output=True)

    def session(self, name):
        return json.loads((self.run_folder(name) / "session.json").read_text())

    def show_list(self):
        self.window.key("ctrl+o")
        desktop.wait_until(lambda: self.is_seen("runs.count"), "the list of runs")

    def choose(self, name):
        self.window.resting("runs.row." + name)
        self.window.click("runs.row." + name)
        desktop.wait_until(lambda: self.window.value("runs.open") != "disabled", "the run to be chosen")

    def type(self, text):
        for letter in text:
            self.window.key(letter)

    def test_the_list_of_runs(self):
        window = self.window
        self.train("three", 3)
        self.train("five", 5)
        shutil.copytree(self.run_folder("five"), self.run_folder("broken"))
        (self.run_folder("broken") / "run.json").write_text("{")
        self.show_list()
        window.wait_for_value("runs.count", lambda count: count == "3", "all runs")
        self.assertIn("not JSON", window.value("runs.row.broken"))
        window.click("runs.row.broken")
        desktop.wait_until(lambda: window.value("runs.delete") != "disabled", "the broken run to be chosen")
        self.assertEqual(window.value("runs.open"), "disabled")

        # A name by F2, which a search finds.
        self.choose("five")
        window.key("F2")
        desktop.wait_until(lambda: self.is_seen("runs.name"), "the field for the name")
        window.patience_s, patience_s = max(window.patience_s, 0.2), window.patience_s
        self.type("wide")
        window.key("Return")
        desktop.wait_until(lambda: self.is_seen("runs.row.wide"), "the new name")
        self.assertEqual(self.session("five")["name"], "wide")
        window.click("runs.pin")
        desktop.wait_until(lambda: self.session("five")["pinned"], "the run to be pinned")
        window.click("runs.search")
        self.type("wide")
        window.wait_for_value("runs.count", lambda count: count == "1", "the search")
        window.patience_s = patience_s

        # A copy, which goes to the trash and comes back.
        self.choose("wide")
        window.click("runs.duplicate")
        desktop.wait_until(lambda: self.is_seen("runs.row.wide copy"), "the copy")
        self.choose("wide copy")
        window.click("runs.delete")
        desktop.wait_until(lambda: not self.run_folder("five-copy").exists(), "the copy to go")
        window.click("toast.action")
        desktop.wait_until(lambda: self.run_folder("five-copy").exists(), "the copy to come back")

        # Its curve behind those of the present run, and away again.
        self.choose("wide")
        window.click("runs.compare")
        window.key("Escape")
        window.key("Escape")
        desktop.wait_until(lambda: not self.is_seen("runs.count"), "the list to close")
        window.wait_for_value("curves.plot", lambda values: "wide=" in values, "the curve of the other run")
        window.click("curves.compared.0")
        window.wait_for_value("curves.plot", lambda values: "wide=" not in values, "the curve to go")

    def test_a_run_is_saved_left_and_opened_as_it_was(self):
        window = self.window
        window.click("controls.play")
        window.wait_for_value("status", lambda status: status == "paused", "the run to rest")
        left, top = window.centre("map.canvas")
        window.click_at(left + 40, top + 30)
        window.key("ctrl+s")
        desktop.wait_until(lambda: self.is_seen("save.name"), "the question for a name")
        window.resting("save.go")
        window.click("save.go")
        desktop.wait_until(lambda: list((window.folder / "runs").glob("*/run.json")), "the saved run")
        samples, run = window.samples(), window.value("run")
        window.key("r")
        window.wait_for_value("run", lambda number: number != run, "another run")
        window.click("controls.play")
        desktop.wait_until(lambda: 0 < window.samples() != samples, "the other run to learn")
        self.show_list()
        row = desktop.wait_until(lambda: next((name for name in window.layout() if name.startswith("runs.row.Shapes")), None), "the saved run")
        window.resting(row)
        window.click(row)
        desktop.wait_until(lambda: window.value("runs.open") != "disabled", "the run to be chosen")
        window.key("Return")
        window.wait_for_value("status", lambda status: status == "paused", "the run as it was left")
        desktop.wait_until(lambda: window.samples() == samples, "the saved weights")
        self.assertNotIn("controls.failed", window.layout())


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
