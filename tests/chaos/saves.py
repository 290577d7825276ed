"""A save is killed, and made to fail, at each of its file operations; two programs save to one folder."""

import pathlib
import random
import re
import time

from attacks import Trial
from program import SMALL, Broken, Faults, State, check_no_strays, check_words, copy, finish

ERRORS = ("ENOSPC", "EIO", "EACCES", "EDQUOT", "EROFS", "EINTR")
DEEDS_OF_DEATH = ("kill-before", "kill-within", "kill-after")
STEP = 100  # images in a minibatch
GO_ON = ["--threads", "1", "--samples", str(2 * STEP)]


class Saves:
    """A saved run, what goes on from it, and the states that it may be in after an attack."""

    def __init__(self, program, home):
        self.program = program
        self.before = home / "before"
        program.must("train", *SMALL, "--samples", 2 * STEP, "--out", self.before)
        self.state_before = State(self.before)
        after, third = copy(self.before, home / "after"), home / "third"
        self._go_on(after)
        self.state_after = State(after)
        copy(after, third)
        self._go_on(third)
        self.state_third = State(third)
        log = home / "operations"
        program.must("train", "--resume", copy(self.before, home / "counted"), *GO_ON, faults=Faults(home / "counted", log=log))
        self.operations = [line.split(" ", 2) for line in log.read_text().splitlines()]
        log.unlink()
        program.must("train", *SMALL, "--samples", 2 * STEP, "--out", home / "new", faults=Faults(home / "new", log=log))
        self.operations_of_new = len(log.read_text().splitlines())

    def _go_on(self, folder):
        return self.program.must("train", "--resume", folder, *GO_ON)

    def check_opens(self, folder):
        done = self.program.run("eval", folder, "--threads", "1")
        if done.code != 0:
            raise Broken(f"the run should open: {done}")

    def check_next_save(self, folder):
        """Goes on in the folder; that must lead to where an untouched run leads, and leave no strays. True: from the later state."""
        self._go_on(folder)
        check_no_strays(folder)
        state = State(folder)
        if state == self.state_after:
            return False
        if state == self.state_third:
            return True
        raise Broken(f"a mixture: going on leads to step {state.step}, and to what neither save leads to ("
                     f"{', '.join(state.differences(self.state_third if state.step == self.state_third.step else self.state_after))})")

    # --- kills -----------------------------------------------------------------------------------

    def kill(self, at, deed, folder):
        run = copy(self.before, folder / "run")
        done = self.program.run("train", "--resume", run, *GO_ON, faults=Faults(run, at, deed), home=folder)
        if not done.was_killed():
            raise Broken(f"was not killed: {done}")
        self.check_opens(run)
        self.check_next_save(run)

    def kill_trials(self):
        return [Trial(f"{deed} operation {at} ({name} {pathlib.Path(path).name})",
                      lambda folder, at=int(number), deed=deed: self.kill(at, deed, folder))
                for number, name, path in self.operations for at in (number,) for deed in DEEDS_OF_DEATH
                if deed != "kill-within" or "write" in name]

    def kill_new(self, at, folder):
        """The first save to a folder: afterwards there is a run, or nothing that stands in the way of one."""
        run = folder / "run"
        arguments = ["train", *SMALL, "--samples", 2 * STEP, "--out", run]
        self.program.run(*arguments, faults=Faults(run, at, "kill-before"), home=folder)
        done = self.program.run(*arguments)
        if done.code == 1 and "already holds a run" in done.err:
            self.check_opens(run)
            done = self.program.must(*arguments, "--force")
        if done.code != 0:
            raise Broken(f"the folder should take a run: {done}")
        check_no_strays(run)
        if State(run) != self.state_before:
            raise Broken("the run is not the one that was trained")

    def kill_new_trials(self):
        return [Trial(f"kill-before operation {at} of the first save", lambda folder, at=at: self.kill_new(at, folder))
                for at in range(1, self.operations_of_new + 1)]

    # --- errors ----------------------------------------------------------------------------------

    def fail(self, at, deed, lasting, folder):
        run, log = copy(self.before, folder / "run"), folder / "operations"
        done = self.program.run("train", "--resume", run, *GO_ON, faults=Faults(run, at, deed, lasting, log), home=folder)
        if len(log.read_text().splitlines()) < at:
            raise Broken(f"ended before its operation {at}: {done}")
        if done.code < 0:
            raise Broken(f"crashed: {done}")
        if done.code != 0:
            check_words(done)
        self.check_opens(run)
        saved_here = self.check_next_save(run)
        if done.code == 0 and not saved_here:
            raise Broken(f"ended with exit code 0 and saved nothing: {done}")
        if not saved_here:
            self.check_rescued(done)

    def check_rescued(self, done):
        """Where a save went elsewhere, it is there."""
        elsewhere = re.search(r"is saved in '([^']+)' instead", done.err)
        if elsewhere and State(elsewhere.group(1)) != self.state_after:
            raise Broken(f"what was saved elsewhere is not the run: {done}")

    def error_trials(self):
        trials = []
        for number, name, path in self.operations:
            for deed in (*ERRORS, "short"):
                if deed == "short" and "write" not in name:
                    continue
                for lasting in (False, True):
                    if lasting and deed in ("EINTR", "short"):
                        continue
                    what = f"{deed}{' from' if lasting else ' at'} operation {number} ({name} {pathlib.Path(path).name})"
                    trials.append(Trial(what, lambda folder, at=int(number), deed=deed, lasting=lasting:
                                        self.fail(at, deed, lasting, folder)))
        return trials

    # --- two programs ----------------------------------------------------------------------------

    def rivals(self, number, seed, folder):
        """Two programs at once: each saves its run or says why not, and what is there afterwards is of one of them."""
        run, chance = folder / "run", random.Random(f"{seed} rivals {number}")
        ways = [lambda s: ["train", *SMALL, "--seed", s, "--samples", 2 * STEP, "--out", run],
                lambda s: ["train", *SMALL, "--seed", s, "--samples", 2 * STEP, "--out", run, "--force"],
                lambda s: ["train", "--resume", run, *GO_ON]]
        chosen = [chance.randrange(3), chance.randrange(3)]
        if 2 in chosen or chance.random() < 0.3:
            copy(self.before, run)
        pause_s = chance.choice([0.0, chance.uniform(0.0, 0.3)])
        first = self.program.start(*ways[chosen[0]](11), home=folder)
        time.sleep(pause_s)
        second = self.program.start(*ways[chosen[1]](22), home=folder)
        ended = [finish(first), finish(second)]
        for done in ended:
            if done.code != 0:
                check_words(done)
        self.check_opens(run)
        check_no_strays(run)
        State(run)
        self.check_one_of(run, chosen, ended)
        self.program.must("train", "--resume", run, *GO_ON)
        check_no_strays(run)

    def check_one_of(self, run, chosen, ended):
        """The last save is a whole run of one seed: training it again gives the same bytes."""
        state = State(run)
        again = run.parent / "again"
        self.program.must("train", "--repeat", run, "--threads", "1", "--out", again)
        if State(again).model != state.model:
            raise Broken(f"a mixture of two runs: a repeat gives other weights ({chosen}):\n{ended[0]}\n{ended[1]}")
        if all(done.code != 0 for done in ended) and state != self.state_before:
            raise Broken(f"both refused, and the folder has changed ({chosen}):\n{ended[0]}\n{ended[1]}")

    def rival_trials(self, count, seed):
        return [Trial(f"rivals {number} of seed {seed}", lambda folder, number=number: self.rivals(number, seed, folder))
                for number in range(1, count + 1)]
