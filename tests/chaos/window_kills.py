"""The window is killed at random moments."""

import json
import os
import pathlib
import random
import signal
import sys
import time

from attacks import Trial
from program import COMPANIONS, RUN_FILES, Broken

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "gui"))
import desktop  # noqa: E402

FIRST_AUTOSAVE_S = 30.0  # in seconds of training
AUTOSAVE_S = 120.0
SLACK_S = 15.0  # a save takes its time on a machine that is busy
OF_A_KEPT_RUN = RUN_FILES | COMPANIONS | {"kept.json"}


class WindowKills:
    """The window is killed; the next one finds nothing broken, and the run, but for what the autosave had not yet."""

    def __init__(self, elbow, seed):
        self.elbow, self.seed = os.path.abspath(elbow), seed

    def kill(self, number, folder):
        chance = random.Random(f"{self.seed} window {number}")
        display = desktop.Display()
        try:
            first = self.open(display, folder)
            trained_s, paused = self.live(first, chance)
            first.process.send_signal(signal.SIGKILL)
            first.process.wait()
            first.messages.close()
            self.check_next(display, folder, trained_s, paused)
        except desktop.Failure as failure:
            raise Broken(str(failure)) from None
        finally:
            display.close()

    def open(self, display, folder):
        return desktop.Window(self.elbow, display, ["--dataset", "shapes", "--scale", "1"], folder)

    @staticmethod
    def trained_s(window):
        words = window.layout().get("controls.train_seconds", {}).get("value", "0").split()
        return float(words[0]) if words else 0.0

    def live(self, window, chance):
        """Some training, perhaps a pause at its end; then how long it has been trained."""
        wanted_s = chance.choice([chance.uniform(0.0, 12.0), chance.uniform(12.0, 75.0)])
        desktop.wait_until(lambda: self.trained_s(window) >= wanted_s, "the training to go on", 40.0 + 8.0 * wanted_s)
        paused = chance.random() < 0.3
        if paused:
            window.click("controls.play")
            window.wait_for_value("status", lambda status: status == "paused", "the run to rest")
            time.sleep(chance.uniform(0.0, SLACK_S) if wanted_s < 12.0 else SLACK_S)
        else:
            time.sleep(chance.uniform(0.0, 1.0))
        return self.trained_s(window), paused and wanted_s > 12.0

    def check_next(self, display, folder, trained_s, paused):
        due = paused or trained_s > FIRST_AUTOSAVE_S + SLACK_S
        window = self.open(display, folder)
        window.wait_for_value("samples", lambda samples: int(samples) > 0, "the next window to train", 120)
        kept = self.autosaves(folder)
        if due:
            lost_s = trained_s - max([run["train_seconds"] for run in kept], default=0.0)
            if lost_s > (1.0 if paused else AUTOSAVE_S + SLACK_S):
                raise Broken(f"{lost_s:.1f} s of {trained_s:.1f} s of training are lost")
            window.wait_for_value("interrupted", lambda text: text, "the question whether to go on")
            window.click("interrupted.0")
            window.wait_for_value("samples", lambda samples: int(samples) >= max(run["samples"] for run in kept), "the run to go on")
        window.process.terminate()
        code = window.process.wait(120)
        if code != 0:
            raise Broken(f"the next window ended with exit code {code}: {window.said()}")
        window.messages.close()
        self.check_no_strays(folder)

    @staticmethod
    def autosaves(folder):
        return [json.loads(file.read_text()) for file in (folder / "state/elbow/runs").glob("*/run.json")]

    @staticmethod
    def check_no_strays(folder):
        state = folder / "state/elbow"
        if not state.exists():
            return
        if list(state.glob("last-run.*")):
            raise Broken(f"strays: {list(state.glob('last-run.*'))}")
        link = state / "last-run"
        if link.is_symlink() and not link.exists():
            raise Broken("last-run leads nowhere")
        for run in (state / "runs").glob("*"):
            found = set(os.listdir(run))
            if found - OF_A_KEPT_RUN or not RUN_FILES <= found:
                raise Broken(f"a kept run should hold its files and holds {', '.join(sorted(found))}")

    def trials(self, count):
        return [Trial(f"window {number} of seed {self.seed}", lambda folder, number=number: self.kill(number, folder))
                for number in range(1, count + 1)]
