"""The table of all mutants, as docs/mutants.md holds it."""

FILE = "docs/mutants.md"

HEAD = """\
# What the tests catch

Each mutant breaks one rule in a copy of the sources. The table is written by `script/mutants --write`, which built each
of them and saw what is named here fail, and hold without the mutant. {count} mutants; {explored} are caught by a property
of an exploration, {tested} by a Swift test, {played} by a scenario.

| mutant | what it breaks | rules | caught by |
|---|---|---|---|
"""


def cell(text):
    return text.replace("|", "\\|")


def shown(catcher):
    if catcher.kind == "test":
        return f"{catcher.target}: {cell(catcher.title)}"
    if catcher.kind == "explore":
        return f"`explore {catcher.target}`: `{cell(catcher.title)}`"
    return f"`run {catcher.target}`"


def row(mutant, seen):
    caught = [shown(catcher) for catcher in mutant.catchers if seen[catcher]]
    return f"| {mutant.name} | {cell(mutant.says)} | {', '.join(mutant.rules)} | {'<br>'.join(caught) or '**nothing**'} |"


def text(results):
    """results: pairs of a mutant and what each of its catchers saw."""
    def count(kind):
        return sum(any(seen[catcher] and catcher.kind == kind for catcher in mutant.catchers) for mutant, seen in results)

    head = HEAD.format(count=len(results), explored=count("explore"), tested=count("test"), played=count("run"))
    return head + "".join(row(mutant, seen) + "\n" for mutant, seen in results)
