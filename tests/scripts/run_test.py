"""What scripts/run builds and fetches before it starts the program: python3 run_test.py SCRIPT"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import unittest

SCRIPT = ""


class Run(unittest.TestCase):
    def called(self, *arguments, module=True):
        """What the script calls, with stand-ins for all of it that say so; what it calls behind the window is in `behind`."""
        with tempfile.TemporaryDirectory() as tree:
            root = pathlib.Path(tree)
            (root / "scripts").mkdir()
            (root / "build/release/bin").mkdir(parents=True)
            shutil.copy(SCRIPT, root / "scripts/run")
            for name in ("scripts/setup", "scripts/build", "scripts/get_mnist", "build/release/bin/elbow"):
                stand_in = root / name
                stand_in.write_text(f'#!/bin/sh\necho "{stand_in.name} $*"\n')
                stand_in.chmod(0o755)
            # What goes on behind the window ends after the window: nobody who reads what the program says waits for it.
            with (root / "scripts/build").open("a") as build:
                build.write(f'while [ "$*" = elbow_autograd ] && [ -d {root} ] && [ ! -e {root}/ended ]; do sleep 0.02; done\n')
            built = root / "build/release/bin/libelbow_autograd.so"
            if module:
                built.touch()
            done = subprocess.run([root / "scripts/run", *arguments], env=os.environ | {"DISPLAY": ":0"},
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
            (root / "ended").touch()
            while built.with_name(built.name + ".building").exists():
                time.sleep(0.02)
            log = root / "build/release/libelbow_autograd.log"
            self.behind = log.read_text().splitlines() if log.exists() else []
        self.assertEqual(done.returncode, 0, done.stderr)
        return [line.strip() for line in done.stdout.splitlines()]

    def test_mnist_is_got_for_what_trains_on_it(self):
        for arguments in ((), ("train",), ("--dataset", "mnist"), ("train", "--dataset=mnist")):
            self.assertIn("get_mnist", self.called(*arguments), arguments)

    def test_nothing_is_got_where_other_data_or_a_folder_is_named(self):
        for arguments in (("--dataset", "shapes"), ("data", "list"), ("train", "--help"), ("train", "--data-dir", "here"),
                          ("--data-dir=here",), ("--dataset", "mnist", "--data-dir", "here")):
            self.assertNotIn("get_mnist", self.called(*arguments), arguments)

    def test_the_first_window_opens_before_libtorchs_module_is_built(self):
        for arguments in ((), ("--dataset", "shapes"), ("gui", "run")):
            self.assertIn("build elbow", self.called(*arguments, module=False), arguments)
            self.assertEqual(self.behind, ["build elbow_autograd"], arguments)

    def test_the_module_is_built_before_where_it_is_asked_for_or_was_there(self):
        for arguments, there in (((), True), (("train",), False), (("--gradients", "autograd"), False), (("--device=cuda",), False),
                                 (("--help",), False), (("--version",), False)):
            self.assertIn("build elbow elbow_autograd", self.called(*arguments, module=there), arguments)
            self.assertEqual(self.behind, [], arguments)

    def test_arguments_reach_the_program_as_they_are(self):
        self.assertEqual(self.called("train", "--data-dir", "two words")[-1], "elbow train --data-dir two words")
        self.assertEqual(self.called("--data-dir=here")[-1], "elbow gui --data-dir=here")


if __name__ == "__main__":
    SCRIPT = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
