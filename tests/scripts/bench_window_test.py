"""What scripts/bench_window says where it is called wrongly: python3 bench_window_test.py SCRIPT"""

import os
import subprocess
import sys
import unittest

SCRIPT = ""


class Refusals(unittest.TestCase):
    def test_a_missing_program_is_named_with_what_builds_it(self):
        done = subprocess.run([sys.executable, SCRIPT, "--elbow", "/nowhere/elbow"], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=120, check=False)
        self.assertEqual((done.returncode, done.stdout), (1, ""))
        self.assertIn("scripts/build elbow", done.stderr)

    def test_an_unknown_case_or_no_time_is_wrong_usage(self):
        for arguments, words in ((("--case", "juggle"), "drag the dot"), (("--seconds", "0"), "--seconds"),
                                 (("--seconds", "nan"), "--seconds")):
            done = subprocess.run([sys.executable, SCRIPT, *arguments], stdin=subprocess.DEVNULL, capture_output=True,
                                  text=True, timeout=120, check=False)
            self.assertEqual(done.returncode, 2, arguments)
            self.assertIn(words, done.stderr)
            self.assertEqual(done.stdout, "")


if __name__ == "__main__":
    SCRIPT = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1], verbosity=2)
