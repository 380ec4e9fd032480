#!/usr/bin/env python3
# SPDX-License-Identifier: MIT OR Apache-2.0
"""Each lint passes what is right and finds what is wrong."""

import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

import tree

sys.path.append(str(tree.ROOT / ".ci"))
sys.path.append(str(tree.ROOT / "tests/coverage"))

import complete  # noqa: E402
import includes  # noqa: E402
import rules  # noqa: E402
import sizes  # noqa: E402
import spdx  # noqa: E402
import summary  # noqa: E402
import toplevel  # noqa: E402

LICENCE = "SPDX-License-Identifier: " + "MIT OR Apache-2.0"
RULES = {
    "spec/FORMAT.md": "**[F-1]** A rule, see [F-2].\n",
    "spec/logic/a.acsl": "/*@ predicate Good(integer i) = i > 0; */\n",
    "src/core/a.c": "int xbz_a(int i) {\n  return i;\n}\n",
    "tests/codec/a_test.c": "",
    "corpus/reject/f1.bin": "",
}


class TreeTest(unittest.TestCase):
    """A source tree to make up, of a few files."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, files):
        """Make a source tree of these files alone; their paths."""
        for name, text in {"WORKSPACE": f"# {LICENCE}\n", **files}.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text, encoding="utf-8")
        return [pathlib.Path(name) for name in files]


class LintTest(TreeTest):
    """The lints of this project."""

    def found(self, lint, files):
        return list(lint(self.root, self.write(files)))

    def test_the_tree_is_what_git_tracks_or_would(self):
        self.write({".gitignore": "*.o\n", "a.c": "", "a.o": "", "bazel-bin/b.c": ""})
        self.assertEqual(len(tree.files(self.root)), 4)
        subprocess.run(["git", "init", "-q", self.root], check=True)
        names = [path.name for path in tree.files(self.root)]
        self.assertEqual(names, [".gitignore", "WORKSPACE", "a.c", "b.c"])

    def test_spdx(self):
        good = {
            "a.c": f"/* {LICENCE} */\n",
            "a.sh": f"#!/bin/sh\n# {LICENCE}\n",
            "a.1": f'.\\" {LICENCE}\n',
            "a.zsh": f"#compdef a\n# {LICENCE}\n",
            "a.md": f"<!-- {LICENCE} -->\n",
            "a.tsv": "",
            "corpus/a.bin": "",
        }
        bad = {"b.c": "", "corpus/b.py": "", "b.h": "/* " + LICENCE + "-or-later */\n"}
        self.assertEqual(self.found(spdx.findings, good), [])
        self.assertEqual(len(self.found(spdx.findings, bad)), 3)

    def test_top_level(self):
        paths = self.write({"src/a.c": "", ".ci/run": "", "Makefile": ""})
        found = list(toplevel.findings(paths))
        self.assertEqual(found, ["Makefile: not a name for the top level"])

    def test_includes(self):
        logic = '#ifdef __FRAMAC__\n#include "../spec/logic/a.acsl"\n#endif\n'
        logic += '#ifdef XBZ_PROVES_A\n#include "../proofs/b.acsl"\n#endif\n'
        good = {
            "src/xbz.h": logic + "#include <stdint.h>\n",
            "src/core/a.h": '#include "../xbz.h"\n',
            "src/core/a.c": '#include "a.h"\n',
            "src/fast/a.h": "#include <emmintrin.h>\n",
            "src/host/a.h": '#include "core/a.h"\n#include <stdio.h>\n',
        }
        self.assertEqual(self.found(includes.findings, good), [])
        for line in "<stdio.h>", '"../host/a.h"', '"nowhere.h"', '"../../spec/b.h"':
            bad = dict(good, **{"src/core/a.c": f"#include {line}\n", "spec/b.h": ""})
            self.assertEqual(len(self.found(includes.findings, bad)), 1, line)

    def test_sizes(self):
        def function(lines, branches):
            body = "  if (a)\n    a--;\n" * branches + "  a++;\n" * lines
            return "int f(int a) {\n" + body + "  return a;\n}\n"

        good = {"src/core/a.c": function(20, 8) + "\n" * 200, "a.tsv": "\n" * 999}
        good["src/xbz.h"] = "\n" * 999
        bad = {
            "src/core/b.c": "\n" * 300,
            "src/host/b.c": "\n" * 500,
            "src/host/c.c": function(40, 0) + function(0, 9),
            "d.py": "def f():\n" + "    pass\n" * 40,
        }
        self.assertEqual(self.found(sizes.findings, good), [])
        self.assertEqual(len(self.found(sizes.findings, bad)), 5)

    def test_rules(self):
        row = "F-1\tGood\txbz_a\ta_test\tcorpus/reject/f1.bin\n"
        table = dict(RULES, **{"spec/RULES.tsv": row})
        self.assertEqual(self.found(rules.findings, table), [])
        for wrong, findings in {
            "": 1,
            row + row: 1,
            row + row.replace("F-1", "F-9"): 1,
            row.replace("Good", "Bad"): 1,
            row.replace("xbz_a", "xbz_b"): 1,
            row.replace("a_test", "b_test"): 1,
            row.replace("f1.bin", "f2.bin"): 1,
            "F-1\t-\txbz_a\t-\t-\n": 1,
            "F-1\tGood\txbz_a\ta_test\n": 2,
        }.items():
            table["spec/RULES.tsv"] = wrong
            found = self.found(rules.findings, table)
            self.assertEqual(len(found), findings, (wrong, found))

    def test_summary(self):
        events = ['{"id":{}}'] + [
            '{"id":{"testSummary":{"label":"%s"}},"testSummary":{"overallStatus":"%s"}}'
            % event
            for event in [("a", "PASSED"), ("b", "FAILED"), ("c", "FLAKY")]
        ]
        self.assertEqual(summary.passed_labels(events), {"a"})

    def test_coverage(self):
        def coverage(lines, branches):
            counts = zip(("lines", "branches"), (lines, branches))
            covered = {k: {"count": 4, "covered": n} for k, n in counts}
            return {"data": [{"files": [{"filename": "/x/a.c", "summary": covered}]}]}

        def gaps(summary, source, least=100):
            least = {"lines": least, "branches": least}
            return len(list(complete.gaps(summary, least, [source])))

        self.assertEqual(gaps(coverage(4, 4), "a.c"), 0)
        self.assertEqual(gaps(coverage(3, 3), "a.c", 75), 0)
        self.assertEqual(gaps(coverage(3, 3), "a.c"), 2)
        self.assertEqual(gaps(coverage(4, 4), "b.c"), 1)


class ToolTest(TreeTest):
    """The checkers of others, as tool.sh runs them, on one file each."""

    def status(self, tool, files):
        for name in "tests/lint/tool.sh", "tests/lint/tree.py", ".clang-tidy":
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(tree.ROOT / name, self.root / name)
        shutil.copy(tree.ROOT / ".clang-format", self.root)
        self.write(files)
        command = [self.root / "tests/lint/tool.sh", tool]
        return subprocess.run(command, capture_output=True).returncode

    def check(self, tool, name, good, bad):
        self.assertEqual(self.status(tool, {name: good}), 0)
        self.assertNotEqual(self.status(tool, {name: bad}), 0)

    def test_clang_format(self):
        self.check("clang-format", "a.c", "int xbz_a;\n", "int   xbz_a;\n")

    def test_clang_tidy(self):
        self.check("clang-tidy", "a.c", "int xbz_a;\n", "int a;\n")

    def test_cppcheck(self):
        bad = "int xbz_a(void) {\n  int a[2] = {0, 0};\n  return a[2];\n}\n"
        self.check("cppcheck", "a.c", "int xbz_a;\n", bad)

    def test_shellcheck(self):
        self.check("shellcheck", "a", "#!/bin/sh\necho\n", "#!/bin/sh\necho $1\n")

    def test_flake8(self):
        self.check("flake8", "a.py", "import sys\n\nsys.exit()\n", "import sys\n")


if __name__ == "__main__":
    unittest.main()
