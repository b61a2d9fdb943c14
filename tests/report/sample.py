"""Reports made by hand for the tests of the reporters."""

from __future__ import annotations

from caveat.finding import Authority, Edit, Finding, Fix, Related, Scope, Severity
from caveat.result import (
    Balance,
    ChecklistItem,
    DoseRow,
    FileReport,
    Report,
    RuleInfo,
    Skipped,
    Suppressed,
    SuppressedBy,
)
from caveat.source import Source, Span

ARTICLE = """\
# Low-dose naltrexone 4.50mg for pain

Low-dose naltrexone calms the immune system, reverses fibromyalgia and can help people \
with Crohn's disease live without flares. Doctors have known this for years. Most readers feel better within a month.

The usual tablet is 50 mg once a day. Low-dose treatment starts at 1.50mg and rises to 4.50mg
at bedtime, while other clinics start at 3 mg.

Studies show that a dose of 4.50mg lowers inflammation without side effects.

Vivid dreams and headache are common in the first week. Do not take naltrexone with
opioid painkillers. Talk to your pharmacist before you start. Never stop a medicine on your own.
"""

FTC = Authority("FTC, Health Products Compliance Guidance", "II.B", "https://www.ftc.gov/health-guidance", "us", True)
CFR = Authority("21 CFR 101.93", "(g)", "https://www.ecfr.gov/current/title-21/section-101.93", "us", True)
NOTATION = Authority("Medication-safety style for doses", verified=False)


def at(text: str, words: str, nth: int = 0) -> Span:
    """The span of the `nth` occurrence of `words`."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def zero(nth: int, words: str = "4.50mg") -> Finding:
    span = at(ARTICLE, words, nth)
    return Finding(
        "dosing/trailing-zero-fraction",
        Severity.WARNING,
        f"{words} has a trailing zero",
        span,
        text=words,
        cues=(words,),
        why="A zero at the end of a decimal is read past: 4.50 has been taken for 450.",
        suggestion="Write 4.5 mg.",
        authority=(NOTATION,),
        fix=Fix("Write 4.5 mg", (Edit(span, "4.5 mg"),), safe=True),
        fingerprint=f"zero-{words}-{nth}",
    )


FINDINGS = (
    zero(0),
    Finding(
        "efficacy/disease-treatment",
        Severity.ERROR,
        "says that naltrexone reverses a disease: fibromyalgia",
        at(ARTICLE, "reverses fibromyalgia"),
        cues=("reverses",),
        why="A claim to treat a disease needs randomised trials in people, and approval for that use.",
        suggestion="Say what was studied, in how many people, and with what result; or leave it out.",
        authority=(CFR, FTC),
        fingerprint="treat-1",
    ),
    Finding(
        "efficacy/weak-hedged-disease",
        Severity.WARNING,
        "suggests that naltrexone helps with a disease: Crohn's disease",
        at(ARTICLE, "can help people with Crohn's disease"),
        cues=("can help",),
        why="Readers take “can help” as a promise. Only a stated limitation of the evidence changes that.",
        suggestion="Name the trials and how small they were.",
        authority=(FTC,),
        softened=True,
        fingerprint="weak-1",
    ),
    Finding(
        "dosing/same-context-conflict",
        Severity.WARNING,
        "two starting doses for low-dose naltrexone: 1.50mg and 3 mg",
        at(ARTICLE, "starts at 1.50mg"),
        cues=("1.50mg",),
        why="A reader cannot know which of them holds.",
        suggestion="Say for whom each dose is meant.",
        related=(Related("the other starting dose", at(ARTICLE, "3 mg"), "3 mg"),),
        fingerprint="conflict-1",
    ),
    zero(0, "1.50mg"),
    zero(1),
    Finding(
        "efficacy/uncited-establishment",
        Severity.ERROR,
        "“Studies show” without a study",
        at(ARTICLE, "Studies show that a dose of 4.50mg lowers inflammation"),
        cues=("Studies show",),
        why="Who says that studies show something owes the reader those studies.",
        suggestion="Cite them here.",
        authority=(FTC,),
        fingerprint="studies-1",
    ),
    zero(2),
    Finding(
        "efficacy/no-side-effects",
        Severity.ERROR,
        "says that naltrexone has no side effects",
        at(ARTICLE, "without side effects"),
        cues=("without side effects",),
        why="Every medicine has adverse effects; this article names some itself.",
        suggestion="Name the common ones and how often they occur.",
        fingerprint="none-1",
    ),
    Finding(
        "disclosure/off-label-missing",
        Severity.ERROR,
        "names uses that are not on the label (fibromyalgia, Crohn's disease) and never says so",
        at(ARTICLE, "Low-dose naltrexone 4.50mg for pain"),
        scope=Scope.DOCUMENT,
        cues=("fibromyalgia", "Crohn's disease"),
        why="Readers take an unlabelled use for an approved one.",
        suggestion="Say that naltrexone is not approved for these uses or at this dose.",
        authority=(Authority("FDA, labelling of naltrexone tablets", jurisdiction="us"),),
        fingerprint="off-label-1",
    ),
    Finding(
        "disclosure/author-reviewer-missing",
        Severity.NOTE,
        "names neither an author nor a reviewer",
        at(ARTICLE, "Low-dose naltrexone 4.50mg for pain"),
        scope=Scope.DOCUMENT,
        why="A page on health without a name behind it earns little trust.",
        suggestion="Name the author and who reviewed the text, with their qualifications.",
        fingerprint="author-1",
    ),
    Finding(
        "disclosure/benefit-risk-balance",
        Severity.NOTE,
        "4 sentences of benefit, 2 of risk",
        at(ARTICLE, "Low-dose naltrexone 4.50mg for pain"),
        scope=Scope.DOCUMENT,
        why="Benefits told at length and risks in passing mislead, even if each sentence is true.",
        suggestion="Say more of the risks, near the benefits.",
        fingerprint="balance-1",
    ),
)

SENTENCES = (
    ARTICLE.splitlines()[2].partition(" Doctors")[0],
    "Most readers feel better within a month.",
    "Studies show that a dose of 4.50mg lowers inflammation without side effects.",
    "Vivid dreams and headache are common in the first week.",
    "Do not take naltrexone with\nopioid painkillers.",
)


def article(path: str = "articles/low-dose-naltrexone.md") -> FileReport:
    """The article and what an editor would mark in it."""
    dose = "1.50mg and rises to 4.50mg"
    return FileReport(
        path,
        Source(path, ARTICLE),
        profile="article",
        profile_reason="from front matter",
        jurisdictions=("us", "uk"),
        findings=FINDINGS,
        suppressed=(
            Suppressed(
                Finding("efficacy/vague-research", Severity.WARNING, "names nobody", at(ARTICLE, "Doctors have known")),
                SuppressedBy.COMMENT,
                "quoted from the clinic's leaflet",
            ),
        ),
        checklist=(
            ChecklistItem(
                "consult-professional", "talk to a professional", True, at(ARTICLE, "Talk to your pharmacist")
            ),
            ChecklistItem("side-effects", "side effects", True, at(ARTICLE, "Vivid dreams")),
            ChecklistItem("informational-only", "information only", True),
            ChecklistItem(
                "off-label",
                "use or dose that is not on the label",
                False,
                rule="disclosure/off-label-missing",
                add="Say that naltrexone is not approved for these uses or at this dose.",
            ),
            ChecklistItem(
                "author", "author and reviewer", False, rule="disclosure/author-reviewer-missing", add="A byline."
            ),
        ),
        doses=(
            DoseRow("naltrexone", "50 mg once a day", "single", at(ARTICLE, "50 mg once a day")),
            DoseRow("naltrexone", "1.50mg", "starting", at(ARTICLE, "1.50mg"), True, "3 mg in line 6"),
            DoseRow("naltrexone", "4.50mg", "maintenance", at(ARTICLE, dose)),
            DoseRow("naltrexone", "3 mg", "starting", at(ARTICLE, "3 mg"), True, "1.50mg in line 5"),
            DoseRow("naltrexone", "4.50mg", "maintenance", at(ARTICLE, "4.50mg", 2)),
        ),
        balance=Balance(
            tuple(at(ARTICLE, words) for words in SENTENCES[:3]), tuple(at(ARTICLE, words) for words in SENTENCES[3:])
        ),
    )


RULES = {
    finding.rule: RuleInfo(
        finding.rule,
        finding.rule.partition("/")[2].replace("-", " ").capitalize(),
        finding.severity,
        finding.why,
        finding.suggestion,
        finding.authority,
    )
    for finding in FINDINGS
}


def report(*files: FileReport) -> Report:
    """A run over the article, a file that cannot be read and a clean one, or over the given files."""
    return Report(
        files
        or (
            article(),
            FileReport("articles/broken.md", None, "not UTF-8: byte 0xff at offset 12"),
            FileReport("articles/clean.md", Source("articles/clean.md", "# Sleep\n"), profile="article"),
        ),
        rules=RULES,
        skipped=(Skipped("articles/photo.jpg", "not an article"),),
        version="1.2.3",
    )
