"""What scripts/bench says where it cannot measure: python3 bench_test.py SCRIPT"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = ""


class Refusals(unittest.TestCase):
    def bench(self, *arguments, **variables):
        return subprocess.run([sys.executable, SCRIPT, *arguments], env=os.environ | variables, stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120)

    def test_measurements_of_no_length_or_number_are_wrong_usage(self):
        for arguments in (("--seconds", "0"), ("--repeats", "0"), ("--threads", "-1"), ("--model", "SGVB"), ("--model", "CNN")):
            done = self.bench(*arguments)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(arguments[0], done.stderr)

    def test_a_missing_pytorch_is_named_with_its_package(self):
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "torch.py").write_text("raise ImportError('hidden by a test')\n")
            done = self.bench(PYTHONPATH=folder, PYTHON="", PYTHONDONTWRITEBYTECODE="1")
        self.assertEqual(done.returncode, 1)
        self.assertIn("python3-torch", done.stderr)
        self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    SCRIPT = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
