"""What scripts/bench_cuda says where it cannot measure: python3 bench_cuda_test.py SCRIPT"""

import glob
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = ""


class Refusals(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def bench(self, *arguments):
        return subprocess.run([sys.executable, SCRIPT, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
                              env=os.environ | {"PATH": "/nonexistent"})

    def libtorch(self, *libraries):
        lib = pathlib.Path(self.folder.name, "lib")
        lib.mkdir()
        for library in libraries:
            (lib / library).touch()
        return self.folder.name

    def test_times_of_no_length_are_wrong_usage(self):
        done = self.bench(self.folder.name, "--seconds", "0")
        self.assertEqual(done.returncode, 2)
        self.assertIn("--seconds", done.stderr)

    def test_a_folder_that_is_not_there_is_named(self):
        done = self.bench("/nonexistent/libtorch")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/nonexistent/libtorch", done.stderr)

    def test_a_folder_without_libtorch_is_refused(self):
        done = self.bench(self.folder.name)
        self.assertEqual(done.returncode, 1)
        self.assertIn("lib/libtorch.so", done.stderr)

    def test_a_libtorch_without_cuda_is_refused(self):
        done = self.bench(self.libtorch("libtorch.so"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("libtorch_cuda.so", done.stderr)

    @unittest.skipIf(glob.glob("/dev/nvidia[0-9]*") or os.path.exists("/dev/dxg"), "there is a card")
    def test_that_there_is_no_card_is_said_before_anything_is_built(self):
        done = self.bench(self.libtorch("libtorch.so", "libtorch_cuda.so"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("no graphics card", done.stderr)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    SCRIPT = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
