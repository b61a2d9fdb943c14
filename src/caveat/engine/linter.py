"""The linter: compiled once, `check_document(document) → FileReport`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from caveat import __version__
from caveat.analysis.facts import Analysis
from caveat.checks.base import Check
from caveat.document import Document
from caveat.engine.discover import articles
from caveat.engine.fingerprint import with_fingerprints
from caveat.engine.overview import balance, checklist, dose_rows
from caveat.engine.precedence import SentenceIndex, apply_precedence
from caveat.engine.ruleset import Ruleset, compile_ruleset, in_force
from caveat.finding import Finding, Scope
from caveat.packs.library import load_library
from caveat.packs.model import Jurisdiction, Profile, Rule
from caveat.readers import ReadError, read_file, read_text
from caveat.result import FileReport, Report, RuleInfo, Skipped


@dataclass(frozen=True, slots=True)
class Options:
    """What holds for one document. `profile` None lets the analysis decide; `select` and `ignore` are id prefixes."""

    profile: Profile | None = None
    profile_reason: str = ""
    jurisdictions: tuple[Jurisdiction, ...] = (Jurisdiction.US,)
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def narrowed(self, *, select: Iterable[str] = (), ignore: Iterable[str] = ()) -> Options:
        """The same with further id prefixes."""
        return replace(self, select=(*self.select, *select), ignore=(*self.ignore, *ignore))


@dataclass
class Linter:
    """Rules compiled once; any number of documents checked. Not for use from several threads at once."""

    ruleset: Ruleset
    options: Options = field(default_factory=Options)
    _checks: dict[tuple[str, ...], list[Check]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(
        cls,
        *,
        profile: Profile | str | None = None,
        jurisdictions: Iterable[Jurisdiction | str] = (Jurisdiction.US,),
        packs: Sequence[Path] = (),
    ) -> Linter:
        """A linter with the shipped packs and your own.

        Raises:
            PackError: with every mistake in the packs.
            ValueError: for an unknown profile or jurisdiction.
        """
        options = Options(
            profile=Profile(profile) if profile is not None else None,
            jurisdictions=tuple(Jurisdiction(j) for j in jurisdictions),
        )
        return cls(compile_ruleset(load_library(packs)), options)

    def check_text(self, text: str, *, path: str = "article.md") -> Report:
        """The report on a text; the suffix of `path` tells the format."""
        return self._report([self.check_document(read_text(text, path=path))])

    def check_paths(self, paths: Iterable[Path | str]) -> Report:
        """The report on files and on the articles in folders. What can not be read is reported, never raised."""
        files: list[FileReport] = []
        skipped: list[Skipped] = []
        for found in articles(paths):
            if isinstance(found, Skipped):
                skipped.append(found)
            else:
                files.append(self.check_file(found))
        return self._report(files, skipped)

    def check_file(self, path: Path, options: Options | None = None) -> FileReport:
        """The report on one file."""
        try:
            document = read_file(path)
        except ReadError as error:
            return FileReport(path.as_posix(), None, error=str(error))
        return self.check_document(document, options)

    def facts(self, text: str, *, path: str = "article.md") -> Analysis:
        """What the analysis finds in a text."""
        return self.analyze(read_text(text, path=path))

    def analyze(self, document: Document, options: Options | None = None) -> Analysis:
        """What the analysis finds in a document."""
        options = options or self.options
        return self.ruleset.analyzer.analyze(document, options.profile)

    def check_document(self, document: Document, options: Options | None = None) -> FileReport:
        """All findings on a document, in reading order, with what the report tells of it as a whole."""
        options = options or self.options
        analysis = self.analyze(document, options)
        rules = self.rules_for(options)
        found = [finding for check in self._checks_for(rules) for finding in check.run(analysis)]
        sentences = SentenceIndex(analysis)
        findings = apply_precedence(found, self.ruleset.packs, sentences)
        findings = with_fingerprints(findings, _sentence_texts(analysis, findings, sentences))
        return FileReport(
            path=document.source.path,
            source=document.source,
            profile=analysis.profile.value,
            profile_reason=options.profile_reason or analysis.profile_reason,
            jurisdictions=tuple(j.value for j in options.jurisdictions),
            findings=tuple(findings),
            checklist=checklist(analysis, rules, findings),
            doses=dose_rows(analysis, findings),
            balance=balance(analysis),
        )

    def rules_for(self, options: Options) -> list[Rule]:
        """The rules that are asked under some options, whatever the profile."""
        chosen = []
        for rule in self.ruleset.rules.values():
            wanted = not options.select or rule.id.startswith(options.select)
            if wanted and not rule.id.startswith(options.ignore or ("\0",)) and in_force(rule, options.jurisdictions):
                chosen.append(rule)
        return chosen

    def _checks_for(self, rules: Sequence[Rule]) -> list[Check]:
        key = tuple(rule.id for rule in rules)
        if key not in self._checks:
            self._checks[key] = self.ruleset.checks(rules)
        return self._checks[key]

    def _report(self, files: Sequence[FileReport], skipped: Sequence[Skipped] = ()) -> Report:
        return Report(tuple(files), rule_infos(self.ruleset.rules.values()), tuple(skipped), __version__)


def rule_infos(rules: Iterable[Rule]) -> dict[str, RuleInfo]:
    """What a report says about rules."""
    return {
        r.id: RuleInfo(r.id, r.title, r.severity, r.why, r.suggestion, r.authority) for r in rules
    }


def _sentence_texts(
    analysis: Analysis, findings: Sequence[Finding], sentences: SentenceIndex
) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    for finding in findings:
        index = sentences.at(finding.span.start) if finding.scope is Scope.TEXT else -1
        if index >= 0:
            sentence = analysis.sentences[index]
            texts[finding.span.start, finding.span.end] = sentence.span.of(analysis.document.blocks[sentence.block].text)
    return texts


