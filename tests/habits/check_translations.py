#!/usr/bin/env python3
"""Holds that the window and the command line speak Chinese completely, and English with its plurals.

A fresh lupdate run tells which texts there are; translations/*.ts must hold exactly these, each finished. A Chinese
translation without a Chinese character passes only when its source stands in translations/vocabulary.txt. Placeholders
must be the same on both sides, and Chinese sentences carry full-width punctuation.

Usage: check_translations.py ROOT [LUPDATE]
"""
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

HAN = re.compile(r"[\u3400-\u9fff]")
PLACEHOLDER = re.compile(r"%(?:L?\d+|n)")
HALF_WIDTH = re.compile(r"[\u3400-\u9fff][,;:!?]|[\u3400-\u9fff]\.(?:$|\s)|[\u3400-\u9fff]\((?!&)")


def messages(path):
    """{(context, source, comment): (finished, [texts])}"""
    found = {}
    for context in ElementTree.parse(path).getroot().iter("context"):
        name = context.findtext("name")
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.iter("numerusform")]
            key = (name, message.findtext("source"), message.findtext("comment") or "")
            found[key] = (translation.get("type") is None, forms or [translation.text or ""])
    return found


def fresh(root, lupdate, target, plurals):
    with tempfile.TemporaryDirectory() as folder:
        ts = Path(folder) / "fresh.ts"
        command = [lupdate, "-silent", "-recursive", "app", "ui", "-I", ".", "-extensions", "cpp,h", "-locations", "none",
                   "-source-language", "en", "-target-language", target, "-ts", str(ts)]
        run = subprocess.run(command + (["-pluralonly"] if plurals else []), cwd=root, capture_output=True, text=True)
        if run.returncode != 0 or not ts.exists():
            return None, [f"lupdate failed: {run.stderr.strip() or run.stdout.strip()}"]
        # A text whose context lupdate cannot tell is looked up under another name at run time, and not found.
        return messages(ts), [f"lupdate: {line}" for line in run.stderr.splitlines() if "Qualifying with unknown" in line]


def check(root, lupdate):
    wrong = []
    vocabulary = {line for line in (root / "translations/vocabulary.txt").read_text("utf-8").splitlines()
                  if line and not line.startswith("#")}
    used = set()
    for name, target, plurals in (("alidade_zh_CN.ts", "zh_CN", False), ("alidade_en.ts", "en", True)):
        wanted, problems = fresh(root, lupdate, target, plurals)
        wrong += problems
        if wanted is None:
            continue
        have = messages(root / "translations" / name)
        for key in wanted:
            if key not in have:
                wrong.append(f"{name}: missing: {key[0]}: {key[1]!r}; run script/translations")
        for key, (finished, texts) in have.items():
            context, source, _ = key
            at = f"{name}: {context}: {source!r}"
            if key not in wanted:
                wrong.append(f"{at}: is no text of the program any more; run script/translations")
            elif not finished or not all(texts):
                wrong.append(f"{at}: not translated")
            else:
                for text in texts:
                    wrong += [f"{at}: {problem}" for problem in faults(source, text, target, vocabulary, used)]
    wrong += [f"translations/vocabulary.txt: {word!r} is not needed" for word in sorted(vocabulary - used)]
    return wrong


def faults(source, text, target, vocabulary, used):
    # A form for exactly one may leave %n out.
    if sorted(set(PLACEHOLDER.findall(source)) - {"%n"}) != sorted(set(PLACEHOLDER.findall(text)) - {"%n"}):
        yield f"other placeholders: {text!r}"
    if target != "zh_CN":
        return
    if not HAN.search(text):
        if source in vocabulary:
            used.add(source)
        else:
            yield f"no Chinese in {text!r}, and not in translations/vocabulary.txt"
    if HALF_WIDTH.search(text):
        yield f"half-width punctuation in {text!r}"
    if bool(re.search(r"&\S", source)) != bool(re.search(r"&\S", text)):
        yield f"mnemonic lost or added in {text!r}"
    if source.endswith("…") != text.endswith("…") and not text.endswith(")…"):
        yield f"ellipsis lost or added in {text!r}"


def main():
    root = Path(sys.argv[1])
    lupdate = sys.argv[2] if len(sys.argv) > 2 else "/usr/lib/qt6/bin/lupdate"
    wrong = check(root, lupdate)
    for line in wrong:
        print(line)
    print(f"{len(wrong)} problem(s)")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
