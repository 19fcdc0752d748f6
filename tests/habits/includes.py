#!/usr/bin/env python3
"""Who may include whom: the direction of the folders, read from the #include lines.

usage: includes.py ROOT
"""
import re
import sys
from pathlib import Path

from tree import end, files

# Folders of app/ from the bottom up, each with those that it may include beside itself. Everything that stands here
# for one also stands for those that include it: see closure().
CORE = {
    "base": [],
    "config": ["base"],
    "keychain": ["config"],
    "transport": ["config"],
    "endpoint": ["transport"],
    "kube": ["endpoint"],
    "store": ["kube"],
    "metrics": ["kube"],
    "tke": ["kube"],
    "change": ["scheduling", "metrics", "tke", "store"],
    "snapshot": ["scheduling", "metrics", "tke", "store"],
    # Sentences are made of values, and values lie in every folder: messages reads them all, so nothing that has a
    # sentence made of it may include messages back. Who speaks includes it: models, diagnose, cli, ui.
    "messages": ["change", "snapshot"],
    "diagnose": ["change", "snapshot", "messages"],
    "models": ["diagnose"],
    "cli": ["models"],
}
# Pure functions over values: kube's, and nothing that could do I/O.
SCHEDULING = {"base", "kube"}

# ui/theme and ui/widgets know no Kubernetes; roles are what a delegate asks a model for.
ROLES = "app/models/roles.h"

GUI = re.compile(r"<(Qt(Gui|Widgets|Svg|SvgWidgets)/|Q(Application|GuiApplication|Widget|Dialog|MainWindow|Icon|Pixmap|"
                 r"Image|Painter|Palette|Color|Font|FontDatabase|Brush|Pen|Clipboard|Action|Shortcut|KeySequence|"
                 r"StandardItemModel|TextDocument|Svg\w*)>)")
NETWORK = re.compile(r"<(QtNetwork/)?QNetwork(Reply|AccessManager|Request)>")
INCLUDE = re.compile(r'^\s*#\s*include\s*(?P<said>"(?P<own>[^"]+)"|<[^>]+>)')


def closure():
    reach = {}
    for folder, direct in CORE.items():
        reach[folder] = {folder}
        for below in direct:
            reach[folder] |= SCHEDULING | {"scheduling"} if below == "scheduling" else reach[below]
    reach["scheduling"] = SCHEDULING | {"scheduling"}
    return reach


REACH = closure()
CORE_FOLDERS = set(REACH)


def folder_of(path):
    """("app", "kube") of app/kube/rows.h, ("ui", "") of ui/main.cpp."""
    parts = path.split("/")
    return parts[0], parts[1] if len(parts) > 2 else ""


def refusal(path, included):
    """Why this file may not include that one; None when it may."""
    (side, folder), (other_side, other) = folder_of(path), folder_of(included)
    if (side, folder) == (other_side, other):
        return None
    if other_side == "tests":
        return None if side == "tests" else "the programs know no tests"
    if side == "tests":
        return "tests of app/ know no window" if folder == "app" and other_side == "ui" else None
    if side == "app":
        if other_side != "app":
            return f"app/ never includes {other_side}/"
        if folder not in CORE_FOLDERS or other not in CORE_FOLDERS:
            return "a folder of app/ that the table of this test does not know"
        return None if other in REACH[folder] else f"app/{folder} lies below app/{other} or beside it"
    if side == "ui":
        if other_side == "app":
            if other == "cli":
                return "the window knows no command line"
            if folder in ("theme", "widgets") and other != "base" and included != ROLES:
                return f"ui/{folder} knows no Kubernetes"
            return None
        if folder == "":  # the composition root knows both sides
            return None
        if other == "":
            return "nobody includes the composition root"
        below = {"theme": set(), "widgets": {"theme"}, "shell": {"theme", "widgets"}}.get(folder, {"theme", "widgets", "shell"})
        if other in below:
            return None
        if folder in ("theme", "widgets", "shell"):
            return f"ui/{folder} lies below ui/{other}"
        return "features never include each other: they ask the shell to go somewhere"
    return f"a folder that this test does not know: {side}/"


def check(root):
    found = []
    for path, text in files(root, ["app", "ui", "tests"], {".h", ".cpp"}):
        stem = Path(path).stem
        for number, line in enumerate(text.splitlines(), 1):
            match = INCLUDE.match(line)
            if not match:
                continue
            own, said = match["own"], match["said"]

            def tell(why):
                found.append(f"{path}:{number}: {said}: {why}")

            if own is None:
                if path.startswith("app/") and GUI.match(said):
                    tell("app/ knows neither Gui nor Widgets")
                if NETWORK.match(said) and path.startswith(("app/", "ui/")) and not path.startswith("app/transport/"):
                    tell("HTTP is transport/'s business")
            elif own != f"{stem}.moc":
                if not (Path(root) / own).is_file() or ".." in own:
                    tell("headers of our own are included from the root")
                elif why := refusal(path, own):
                    tell(why)
    return found


if __name__ == "__main__":
    end(check(sys.argv[1]), "includes go from the window to the core and from top to bottom")
