"""elbow train is killed at random moments."""

import json
import random
import time

from attacks import Trial
from program import SMALL, Broken, State, check_no_strays

SAVE_INTERVAL_S = 60.0
SLACK_S = 15.0  # a save takes its time on a machine that is busy


def description(run):
    """The run.json of the newest whole save, which a kill may have left under its staged name; None where there is none."""
    return next((file for file in (run / "run.json.new", run / "run.json") if file.exists()), None)


class TrainKills:
    def __init__(self, program, seed):
        self.program, self.seed = program, seed
        started = time.monotonic()
        program.must("data", "list")
        self.start_s = time.monotonic() - started

    def kill_again_and_again(self, number, folder):
        """A run that is killed five times at any moment: it opens, never goes back, and is no mixture."""
        chance, run, step = random.Random(f"{self.seed} kills {number}"), folder / "run", -1
        for _ in range(5):
            there = description(run) is not None
            way = ["--resume", run, "--threads", "1"] if there else [*SMALL, "--out", run]
            self.program.run("train", *way, "--samples", chance.choice([100, 5000, 40000]), home=folder,
                             kill_after_s=chance.uniform(0.02, 0.3) + chance.uniform(0.0, 4.0) * self.start_s)
            if description(run) is None:
                if there:
                    raise Broken("a run that was there is gone")
                continue
            if self.program.run("eval", run, "--threads", "1").code != 0:
                raise Broken(f"the run does not open: {self.program.run('eval', run)}")
            now = json.loads(description(run).read_text())["step"]
            if now < step:
                raise Broken(f"step {now} was saved over step {step}")
            step = now
        if step < 0:
            self.program.must("train", *SMALL, "--samples", 100, "--out", run)
        self.program.must("train", "--resume", run, "--samples", 100)
        check_no_strays(run)
        again = folder / "again"
        self.program.must("train", "--repeat", run, "--out", again)
        if State(again).model != State(run).model:
            raise Broken("a repeat of what was saved gives other weights")

    def kill_a_long_one(self, number, folder):
        run, chance = folder / "run", random.Random(f"{self.seed} long {number}")
        self.program.run("train", *SMALL, "--samples", "1e12", "--out", run, home=folder, kill_after_s=chance.uniform(80.0, 130.0))
        if not (run / "run.json").exists():
            raise Broken("nothing was saved in 80 s")
        age_s = time.time() - (run / "run.json").stat().st_mtime
        if age_s > SAVE_INTERVAL_S + SLACK_S:
            raise Broken(f"the last save was {age_s:.0f} s before the kill")
        if self.program.run("eval", run, "--threads", "1").code != 0:
            raise Broken("the run does not open")

    def trials(self, count, long_count):
        return [Trial(f"kills {number} of seed {self.seed}", lambda folder, number=number: self.kill_again_and_again(number, folder))
                for number in range(1, count + 1)] + [
            Trial(f"long {number} of seed {self.seed}", lambda folder, number=number: self.kill_a_long_one(number, folder))
            for number in range(1, long_count + 1)]
