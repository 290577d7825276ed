"""Which data scripts/run sees to before it starts the program: python3 run_test.py SCRIPT"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SCRIPT = ""


class Data(unittest.TestCase):
    def called(self, *arguments):
        """What the script calls, with stand-ins for all of it that say so."""
        with tempfile.TemporaryDirectory() as tree:
            root = pathlib.Path(tree)
            (root / "scripts").mkdir()
            (root / "build/release/bin").mkdir(parents=True)
            shutil.copy(SCRIPT, root / "scripts/run")
            for name in ("scripts/setup", "scripts/build", "scripts/get_mnist", "build/release/bin/elbow"):
                stand_in = root / name
                stand_in.write_text(f'#!/bin/sh\necho "{stand_in.name} $*"\n')
                stand_in.chmod(0o755)
            done = subprocess.run([root / "scripts/run", *arguments], env=os.environ | {"DISPLAY": ":0"},
                                  stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 0, done.stderr)
        return [line.strip() for line in done.stdout.splitlines()]

    def test_mnist_is_got_for_what_trains_on_it(self):
        for arguments in ((), ("train",), ("--dataset", "mnist"), ("train", "--dataset=mnist")):
            self.assertIn("get_mnist", self.called(*arguments), arguments)

    def test_nothing_is_got_where_other_data_or_a_folder_is_named(self):
        for arguments in (("--dataset", "shapes"), ("data", "list"), ("train", "--help"), ("train", "--data-dir", "here"),
                          ("--data-dir=here",), ("--dataset", "mnist", "--data-dir", "here")):
            self.assertNotIn("get_mnist", self.called(*arguments), arguments)

    def test_arguments_reach_the_program_as_they_are(self):
        self.assertEqual(self.called("train", "--data-dir", "two words")[-1], "elbow train --data-dir two words")
        self.assertEqual(self.called("--data-dir=here")[-1], "elbow gui --data-dir=here")


if __name__ == "__main__":
    SCRIPT = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
