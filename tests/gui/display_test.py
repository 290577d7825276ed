"""The display ends under the window, and the run is kept: python3 display_test.py ELBOW"""

import json
import os
import pathlib
import sys
import unittest

import desktop

ELBOW = ""


class DisplayThatEnds(unittest.TestCase):
    def open_window(self, *arguments):
        self.display = desktop.Display()
        self.addCleanup(self.display.close)
        self.window = desktop.Window(ELBOW, self.display, ["--dataset", "shapes", "--scale", "1", *arguments])
        self.addCleanup(self.window.close)
        # As long as a run has to be trained to be worth keeping.
        desktop.wait_until(lambda: self.trained_s() >= 12, "12 s of training", 240)

    def trained_s(self):
        """Minutes and hours are not waited for."""
        text = self.window.layout().get("controls.train_seconds", {}).get("value", "0")
        return float(text)

    def autosaves(self):
        runs = pathlib.Path(self.window.environment["XDG_STATE_HOME"]) / "elbow" / "runs"
        return sorted(runs.iterdir()) if runs.exists() else []

    def assert_ends_with_its_runs_kept(self, count):
        self.window.process.wait(60)
        said = self.window.said()
        self.assertEqual(self.window.process.returncode, 1, said)
        self.assertIn("elbow: The display has gone", said)
        runs = self.autosaves()
        self.assertEqual(len(runs), count, said)
        for run in runs:
            self.assertIn(str(run), said)
            saved = json.loads((run / "run.json").read_text())
            self.assertGreater(saved["train_seconds"], 10)
            self.assertFalse([file for file in run.iterdir() if file.name not in
                              ("run.json", "metrics.csv", "model.safetensors", "optimizer.safetensors", "history.csv",
                               "session.json", "kept.json")])

    def test_a_server_that_is_killed_under_a_training(self):
        self.open_window()
        self.display.die()
        self.assert_ends_with_its_runs_kept(1)

    def test_a_server_that_is_killed_while_the_window_rests(self):
        self.open_window()
        self.window.click("controls.play")
        self.window.wait_for_value("status", lambda status: status == "paused", "the run to rest")
        self.display.die()
        self.assert_ends_with_its_runs_kept(1)

    def test_a_window_that_is_closed_by_force(self):
        self.open_window()
        self.window.kill_client()
        self.assert_ends_with_its_runs_kept(1)


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
