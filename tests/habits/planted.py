#!/usr/bin/env python3
"""The habits themselves: each finds what is planted, and lets pass what is right."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

sys.dont_write_bytecode = True
import includes
import lines

HERE = pathlib.Path(__file__).parent
HOME = "/".join(["", "root", "project"])  # not written out: this file is read, too


class Planted(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.root = pathlib.Path(self.folder.name)

    def tearDown(self):
        self.folder.cleanup()

    def plant(self, path, text):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(("#pragma once\n" if path.endswith(".h") else "") + text + "\n", encoding="utf-8")

    def found(self, habit, path, text):
        """What the habit says about one planted file; the headers it includes are planted along."""
        for line in text.splitlines():
            match = includes.INCLUDE.match(line)
            if match and match["own"] and "/" in match["own"] and not match["own"].startswith("."):
                self.plant(match["own"], "")
        self.plant(path, text)
        return [line for line in habit.check(self.root) if line.startswith(path)]

    def refused(self, path, text, why):
        found = self.found(includes, path, text)
        self.assertEqual(len(found), 1, found)
        self.assertIn(why, found[0])

    def passes(self, path, text):
        self.assertEqual(self.found(includes, path, text), [])

    def test_the_core_never_includes_the_window(self):
        self.refused("app/kube/a.cpp", '#include "ui/shell/page.h"', "app/ never includes ui/")
        self.refused("app/models/a.h", "#include <QtWidgets/QWidget>", "neither Gui nor Widgets")
        self.refused("app/base/a.cpp", "#  include <QColor>", "neither Gui nor Widgets")

    def test_folders_of_the_core_include_downwards_only(self):
        self.refused("app/base/a.h", '#include "app/config/context.h"', "app/base lies below app/config")
        self.refused("app/kube/a.h", '#include "app/store/rowstore.h"', "app/kube lies below app/store")
        self.refused("app/store/a.h", '#include "app/metrics/b.h"', "beside it")
        self.refused("app/transport/a.cpp", '#include "app/messages/errors.h"', "app/transport lies below app/messages")
        self.refused("app/change/a.cpp", '#include "app/models/roles.h"', "app/change lies below app/models")
        self.refused("app/models/a.cpp", '#include "app/cli/run.h"', "app/models lies below app/cli")
        self.passes("app/kube/b.cpp", '#include "app/base/error.h"\n#include "app/transport/request.h"')
        self.passes("app/messages/b.cpp", '#include "app/kube/count.h"\n#include "app/change/intent.h"')
        self.passes("app/cli/b.cpp", '#include "app/models/roles.h"\n#include "app/diagnose/guide.h"')

    def test_the_placement_engine_reads_values_only(self):
        self.refused("app/scheduling/a.cpp", '#include "app/transport/request.h"', "app/scheduling lies below")
        self.refused("app/scheduling/b.cpp", '#include "app/config/context.h"', "app/scheduling lies below")
        self.passes("app/scheduling/c.cpp", '#include "app/kube/taint.h"\n#include "app/base/result.h"')
        self.passes("app/change/c.cpp", '#include "app/scheduling/fit.h"')

    def test_a_new_folder_of_the_core_needs_a_place(self):
        self.refused("app/helpers/a.cpp", '#include "app/base/error.h"', "does not know")

    def test_features_of_the_window_never_include_each_other(self):
        self.refused("ui/taints/a.cpp", '#include "ui/objects/kindpage.h"', "features never include each other")
        self.refused("ui/shell/a.cpp", '#include "ui/objects/kindpage.h"', "ui/shell lies below ui/objects")
        self.refused("ui/widgets/a.cpp", '#include "ui/shell/page.h"', "ui/widgets lies below ui/shell")
        self.refused("ui/objects/a.cpp", '#include "ui/composition.h"', "nobody includes the composition root")
        self.passes("ui/objects/b.cpp", '#include "ui/shell/page.h"\n#include "ui/widgets/tableview.h"\n#include "app/models/roles.h"')
        self.passes("ui/main.cpp", '#include "ui/composition.h"\n#include "ui/objects/kindpage.h"')

    def test_widgets_know_no_kubernetes(self):
        self.refused("ui/widgets/a.cpp", '#include "app/kube/count.h"', "knows no Kubernetes")
        self.passes("ui/widgets/b.cpp", '#include "app/models/roles.h"\n#include "ui/theme/colors.h"')

    def test_http_stays_in_transport(self):
        self.refused("app/kube/a.cpp", "#include <QNetworkReply>", "transport/'s business")
        self.passes("app/transport/b.cpp", "#include <QNetworkReply>")

    def test_own_headers_are_included_from_the_root(self):
        self.refused("app/kube/rows.cpp", '#include "rows.h"', "from the root")
        self.refused("app/kube/cells.cpp", '#include "../kube/cells.h"', "from the root")
        self.passes("tests/app/kube/tst_rows.cpp", '#include "tst_rows.moc"')

    def test_the_table_of_directions_has_no_circle(self):
        for folder, reach in includes.REACH.items():
            for below in reach - {folder}:
                self.assertNotIn(folder, includes.REACH[below], f"{folder} and {below} reach each other")

    def line(self, path, text, why):
        found = self.found(lines, path, text)
        self.assertEqual(len(found), 1, found)
        self.assertIn(why, found[0])

    def test_no_line_waits_skips_or_guesses_html(self):
        self.line("app/kube/a.cpp", "    QEventLoop loop;", "event loop")
        self.line("ui/objects/a.cpp", "    if (dialog.exec() == 1)", "event loop")
        self.line("ui/objects/b.cpp", "    auto* label = new QLabel(name);", "guesses HTML")
        self.line("tests/app/kube/tst_a.cpp", '    QSKIP("no cluster");', "skips")
        self.line("app/kube/c.cpp", '    return tr("No");', "are made in messages")
        self.line("script/a", f"cd {HOME}/src", "one machine")
        self.assertEqual(self.found(lines, "ui/main.cpp", "    return QApplication::exec();"), [])
        self.assertEqual(self.found(lines, "app/kube/d.cpp", "// No QEventLoop here, because ..."), [])
        self.assertEqual(self.found(lines, "ui/widgets/plainlabel.cpp", "    auto* label = new QLabel(text);"), [])

    def test_files_stay_short_and_headers_guarded(self):
        self.line("app/kube/a.cpp", "\n" * 600, "longer than 600")
        self.assertEqual(self.found(lines, "app/kube/b.cpp", "\n" * 599), [])
        (self.root / "app/kube/c.h").write_text("struct C;\n", encoding="utf-8")
        self.assertIn("app/kube/c.h:1: a header without #pragma once", lines.check(self.root))

    def test_a_violation_fails_the_program_and_a_clean_tree_does_not(self):
        self.plant("app/base/a.cpp", '#include <vector>')
        for habit in ("includes.py", "lines.py"):
            run = subprocess.run([sys.executable, "-B", HERE / habit, self.root], capture_output=True, text=True)
            self.assertEqual(run.returncode, 0, run.stdout + run.stderr)
        self.plant("app/base/b.cpp", '#include <QWidget>\nvoid f() { QEventLoop loop; }')
        for habit in ("includes.py", "lines.py"):
            run = subprocess.run([sys.executable, "-B", HERE / habit, self.root], capture_output=True, text=True)
            self.assertEqual(run.returncode, 1, run.stdout + run.stderr)
            self.assertIn("app/base/b.cpp:", run.stdout)


if __name__ == "__main__":
    unittest.main()
