"""elbow as the attacks start it, the faults that they inject, and what a run folder holds afterwards."""

import csv
import io
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import threading

RUN_FILES = {"model.safetensors", "optimizer.safetensors", "metrics.csv", "run.json"}
COMPANIONS = {"history.csv", "session.json"}  # which a run has or has not
# Small enough that a training takes a tenth of a second; one thread, so that its bits are always the same.
SMALL = ["--dataset", "shapes:train=1e4,held-out=1e3", "--hidden", "16", "--threads", "1"]
TIMED_COLUMNS = {"seconds", "images_per_s"}
PATIENCE_S = 120.0  # with a program that should end in a second, on a machine that is busy


class Broken(AssertionError):
    """A promise that did not hold."""


class Faults:
    """What tests/chaos/file_faults.cpp does to a program: at its n-th operation below the folder, the deed."""

    def __init__(self, folder, at=None, deed=None, lasting=False, log=None):
        self.variables = {"ELBOW_FAULTS_FOLDER": os.path.realpath(folder)}
        if at is not None:
            self.variables |= {"ELBOW_FAULTS_AT": str(at), "ELBOW_FAULTS_DO": deed}
        if lasting:
            self.variables["ELBOW_FAULTS_LASTING"] = "1"
        if log is not None:
            self.variables["ELBOW_FAULTS_LOG"] = str(log)


class Done:
    """A program that has ended."""

    def __init__(self, code, out, err):
        self.code, self.out, self.err = code, out, err

    def was_killed(self):
        return self.code == -signal.SIGKILL

    def crashed(self):
        return self.code < 0 and not self.was_killed()

    def __str__(self):
        words = self.err.strip()
        return f"exit code {self.code}, " + (f"stderr:\n{words}" if words else "nothing on stderr")


class Program:
    """elbow with settings and data of its own below a folder. Its methods may be called from several threads."""

    def __init__(self, elbow, preload, home):
        self.elbow, self.preload, self.home = os.path.abspath(elbow), os.path.abspath(preload), pathlib.Path(home)

    def environment(self, home=None, faults=None):
        result = {name: value for name, value in os.environ.items() if not name.startswith("ELBOW_")}
        home = home or self.home
        result["HOME"] = str(home)
        for name in ("CONFIG", "DATA", "CACHE", "STATE"):
            result[f"XDG_{name}_HOME"] = str(home / name.lower())
        for name in ("DISPLAY", "WAYLAND_DISPLAY"):
            result.pop(name, None)
        if faults:
            result |= faults.variables | {"LD_PRELOAD": self.preload}
        return result

    def start(self, *arguments, home=None, faults=None, **options):
        return subprocess.Popen([self.elbow, *map(str, arguments)], env=self.environment(home, faults), stdin=subprocess.DEVNULL,
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, errors="replace", **options)

    def run(self, *arguments, home=None, faults=None, kill_after_s=None):
        process = self.start(*arguments, home=home, faults=faults)
        return finish(process, kill_after_s)

    def must(self, *arguments, **options):
        """Runs what is no attack, and therefore has to go well."""
        done = self.run(*arguments, **options)
        if done.code != 0:
            raise Broken(f"elbow {' '.join(map(str, arguments))}: {done}")
        return done


def finish(process, kill_after_s=None):
    """Waits for its end. A program that waits for room on the disk is told, as by Ctrl-C, that there will be none."""
    said = []

    def listen():
        for line in process.stderr:
            said.append(line)
            if "saving is tried again" in line:
                process.send_signal(signal.SIGINT)

    listener = threading.Thread(target=listen)
    listener.start()
    end = threading.Timer(kill_after_s or PATIENCE_S, process.kill)
    end.start()
    out = process.stdout.read()
    process.wait()
    hung = kill_after_s is None and not end.is_alive()
    end.cancel()
    listener.join()
    if hung:
        raise Broken(f"hung for {PATIENCE_S:.0f} s and was killed: {' '.join(process.args)}\n{''.join(said)}")
    return Done(process.returncode, out, "".join(said))


class State:
    """What a run folder holds, without what a clock put there. Equal states are equal byte for byte."""

    def __init__(self, folder):
        folder = pathlib.Path(folder)
        run = json.loads((folder / "run.json").read_text())
        self.step = run["step"]
        self.model = (folder / "model.safetensors").read_bytes()
        self.optimizer = (folder / "optimizer.safetensors").read_bytes()
        self.run = {name: run.get(name) for name in ("config", "changes", "model", "threads", "step", "samples")}
        table = csv.DictReader(io.StringIO((folder / "metrics.csv").read_text()))
        self.metrics = [{name: value for name, value in row.items() if name not in TIMED_COLUMNS} for row in table]

    def __eq__(self, other):
        return self.differences(other) == []

    def differences(self, other):
        return [name for name in ("model", "optimizer", "run", "metrics") if getattr(self, name) != getattr(other, name)]


def check_no_strays(folder):
    found = set(os.listdir(folder))
    if found - COMPANIONS != RUN_FILES:
        raise Broken(f"the folder should hold the files of a run and holds {', '.join(sorted(found))}")


def check_words(done):
    """A failure is told in words, with exit code 1."""
    if done.code != 1:
        raise Broken(f"a failure should end with exit code 1: {done}")
    if not re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", done.err):
        raise Broken(f"a failure should be told in words: {done}")


def copy(run, to):
    shutil.copytree(run, to)
    return to
