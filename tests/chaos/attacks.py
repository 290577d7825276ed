"""How attacks are run and counted: each is a list of trials, a trial either holds or raises Broken."""

import concurrent.futures
import pathlib
import random
import shutil
import sys
import tempfile
import threading
import time

from program import Broken


class Trial:
    """`run(folder)` is given an empty folder of its own; `name` says how to repeat it."""

    def __init__(self, name, run):
        self.name, self.run = name, run


class Attack:
    """One row of the table."""

    def __init__(self, name, trials, share=1.0):
        self.name, self.trials, self.share = name, trials, share
        self.kept, self.failed = 0, []

    def count(self):
        return self.kept + len(self.failed)


class Run:
    """Runs attacks, several trials at once, each in a folder that is removed where it held."""

    def __init__(self, home, seed, jobs, budget_s=None, only=None):
        self.lock = threading.Lock()
        self.home, self.seed, self.jobs, self.budget_s, self.only = pathlib.Path(home), seed, jobs, budget_s, only

    def chosen(self, attack):
        """All trials in order; where there is a budget, in an order drawn by the seed, each pass in another."""
        trials = [trial for trial in attack.trials if self.only is None or self.only == trial.name]
        if self.budget_s is None:
            return trials
        trials = list(trials)
        random.Random(f"{self.seed} {attack.name}").shuffle(trials)
        return trials

    def run(self, attacks):
        shares = sum(attack.share for attack in attacks)
        for attack in attacks:
            end = None if self.budget_s is None else time.monotonic() + self.budget_s * attack.share / shares
            self._run_one(attack, end)
            print(f"{attack.name}: {attack.kept} of {attack.count()} kept", file=sys.stderr, flush=True)

    def _run_one(self, attack, end):
        def attempt(trial):
            if end is not None and attack.count() and time.monotonic() > end:
                return
            folder = tempfile.mkdtemp(prefix="trial-", dir=self.home)
            try:
                trial.run(pathlib.Path(folder))
                with self.lock:
                    attack.kept += 1
                shutil.rmtree(folder, ignore_errors=True)
            except Exception as broken:  # whatever was not expected is a failure, too
                words = broken if isinstance(broken, Broken) else repr(broken)
                with self.lock:
                    attack.failed.append(trial.name)
                    print(f"FAILED {attack.name}: {trial.name} (in {folder})\n  {words}", file=sys.stderr, flush=True)

        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            for future in [pool.submit(attempt, trial) for trial in self.chosen(attack)]:
                future.result()


def table(attacks):
    width = max(len(attack.name) for attack in attacks)
    lines = [f"{'attack':{width}}  count   kept  failed"]
    for attack in attacks:
        lines.append(f"{attack.name:{width}}  {attack.count():5}  {attack.kept:5}  {len(attack.failed):6}")
    return "\n".join(lines)
