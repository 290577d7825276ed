"""The window is killed, and restarted by mistake, and no run is lost: python3 autosaves_test.py ELBOW"""

import json
import os
import pathlib
import sys
import unittest

import desktop

ELBOW = ""


class Autosaves(unittest.TestCase):
    def setUp(self):
        self.display = desktop.Display()
        self.addCleanup(self.display.close)
        self.first = self.open_window()

    def open_window(self, folder=None):
        window = desktop.Window(ELBOW, self.display, ["--dataset", "shapes", "--scale", "1"], folder)
        self.addCleanup(window.close)
        return window

    def state(self):
        return pathlib.Path(self.first.environment["XDG_STATE_HOME"]) / "elbow"

    def autosaves(self):
        runs = self.state() / "runs"
        return [json.loads(file.read_text()) for file in sorted(runs.glob("*/run.json"))]

    def train(self, seconds):
        def trained():
            return float(self.first.layout().get("controls.train_seconds", {}).get("value", "0").split()[0]) >= seconds
        desktop.wait_until(trained, f"{seconds} s of training", 240)

    def pause(self):
        """Which saves the run."""
        self.train(11)  # as long as it has to be trained to be worth keeping
        self.first.click("controls.play")
        self.first.wait_for_value("status", lambda status: status == "paused", "the run to rest")
        desktop.wait_until(self.autosaves, "the run to be kept")
        return self.autosaves()[0]

    def test_the_run_of_a_killed_window_is_offered_and_continued(self):
        saved = self.pause()
        second = self.open_window(self.first.folder)
        second.wait_for_value("samples", lambda samples: int(samples) > 0, "the second window to train")
        self.assertNotIn("interrupted", second.layout(), "the first window lives")
        second.close()
        self.first.process.kill()
        self.first.process.wait()
        third = self.open_window(self.first.folder)
        question = third.wait_for_value("interrupted", lambda text: text, "the question")
        self.assertIn("which was interrupted after", question)
        third.click("interrupted.0")
        third.wait_for_value("samples", lambda samples: int(samples) >= saved["samples"], "the run to go on")
        self.assertNotIn("interrupted", third.layout())
        third.process.terminate()
        third.process.wait(60)
        fourth = self.open_window(self.first.folder)
        fourth.wait_for_value("samples", lambda samples: int(samples) > 0, "the fourth window to train")
        self.assertNotIn("interrupted", fourth.layout(), "the third window ended as it should")
        self.assertIn(saved["config"], [run["config"] for run in self.autosaves()])

    def test_a_restart_by_mistake_is_undone(self):
        self.train(3)
        before = int(self.first.value("samples"))
        self.first.click("controls.restart")
        self.first.wait_for_value("toast", lambda text: text == "Restarted.", "the message")
        self.assertLess(int(self.first.value("samples")), before)
        self.first.click("toast.action")
        self.first.wait_for_value("samples", lambda samples: int(samples) >= before, "the run before")

    def test_nothing_is_kept_of_a_demonstration(self):
        self.first.close()
        window = desktop.Window(ELBOW, self.display, ["--dataset", "shapes", "--exit-after", "15"])
        self.addCleanup(window.close)
        window.process.wait(120)
        self.assertFalse((pathlib.Path(window.environment["XDG_STATE_HOME"]) / "elbow").exists())


if __name__ == "__main__":
    ELBOW = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
