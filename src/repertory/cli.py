"""The `repertory` command. Django is loaded inside the commands, so that `--help` and the server's start stay quick."""

import json
import os
import sys
from contextlib import nullcontext
from pathlib import Path

import click

from repertory.core.loading import quick_loading

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "repertory.config.settings")


@click.group()
def main() -> None:
    """Repertory 药程: the working system of a pharmaceutical company's sales department."""


def start() -> None:
    with quick_loading():
        import django  # slow import

        django.setup()


@main.command()
def init() -> None:
    """Create or upgrade the database and the keys in REPERTORY_HOME."""
    start()
    from repertory.config.upkeep import initialise  # app loading

    initialise()


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--workers", default=1, show_default=True, help="processes; more than one needs PostgreSQL")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="run the background work as well")
def serve(host: str, port: int, workers: int, jobs: bool) -> None:
    """Serve pages and API."""
    from repertory.config.server import serve as run  # slow import

    run(host=host, port=port, workers=workers, jobs=jobs)


@main.command()
def work() -> None:
    """Do the background work (started by `serve` unless --no-jobs)."""
    start()
    from repertory.config.worker import work as run  # app loading

    run()


@main.command()
@click.option("--size", type=click.Choice(["small", "large"]), default="small", show_default=True)
@click.option("--customers", default=1_000_000, show_default=True, help="how many --size large makes")
@click.option("--visits", default=10_000_000, show_default=True, help="how many --size large makes")
@click.option("--sales", default=10_000_000, show_default=True, help="ledger rows that --size large makes")
def demo(size: str, customers: int, visits: int, sales: int) -> None:
    """Fill an empty installation with the demo company."""
    start()
    from repertory.config.upkeep import initialise  # app loading
    from repertory.demo.build import build  # app loading
    from repertory.demo.large import build_large  # app loading

    initialise()
    _tell(build if size == "small" else lambda: build_large(customers, visits, sales))


@main.command()
@click.argument("user")
@click.option("--days", default=90, show_default=True)
@click.option("--name", default="command line", show_default=True)
@click.option("--read-only", is_flag=True)
def token(user: str, days: int, name: str, read_only: bool) -> None:
    """Issue an API token for USER and print it once."""
    start()
    from repertory.config.commands import issue  # app loading

    click.echo(_tell(lambda: issue(user, days=days, name=name, read_only=read_only)))


@main.command("import")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="check everything, write nothing")
@click.option("--as", "user", default=None, help="act as this person; without it the system itself acts")
@click.option("--map", "columns", multiple=True, metavar="COLUMN=field")
@click.option("--set", "fixed", multiple=True, metavar="field=value")
@click.option("--key", default="", help="field that tells which record a row is, such as code or name+address")
@click.option("--sheet", default=None)
@click.option("--distributor", default=None, help="flow: whose file it is, by name or code")
@click.option("--period", default=None, metavar="YYYY-MM", help="flow, ledger: the month that the file is")
@click.option("--create-missing", is_flag=True, help="flow, ledger: make customers and products that nobody knows")
@click.option("--json", "as_json", is_flag=True)
def import_(
    kind: str,
    file: Path,
    dry_run: bool,
    user: str | None,
    columns: tuple[str, ...],
    fixed: tuple[str, ...],
    key: str,
    sheet: str | None,
    distributor: str | None,
    period: str | None,
    create_missing: bool,
    as_json: bool,
) -> None:
    """Import KIND from FILE (.xlsx .xls .ods .csv .tsv), all rows or none."""
    from repertory.platform.spreadsheets.reader import begin_reading  # slow import

    named = {"seller": distributor, "month": period, "create_missing": "1" if create_missing else None}
    fixed = (*fixed, *(f"{name}={value}" for name, value in named.items() if value is not None))
    options = {"dry_run": dry_run, "columns": columns, "fixed": fixed, "key": key, "sheet": sheet}
    # The file is read by a process of its own while this one still loads the program.
    with begin_reading(file, sheet=sheet) if file.is_file() else nullcontext() as begun:
        start()
        from repertory.config.commands import import_kind  # app loading

        sys.exit(_tell(lambda: import_kind(kind, file, user=user, as_json=as_json, options=options, begun=begun)))


@main.command("export")
@click.argument("kind")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "user", default=None)
def export(kind: str, file: Path, user: str | None) -> None:
    """Export all that the person sees of KIND to FILE (.xlsx or .csv)."""
    start()
    from repertory.config.commands import export_kind  # app loading

    click.echo(_tell(lambda: export_kind(kind, file, user=user)))


@main.command("report")
@click.argument("name")
@click.option("--period", required=True, help="YYYY, YYYY-Qn or YYYY-MM")
@click.option("--node", default="", help="code of a node of the tree; without it all that the person sees")
@click.option("--format", "file_format", type=click.Choice(["xlsx", "pdf", "json"]), default=None)
@click.option("--as", "user", default=None, help="as this person sees it; without it the whole company")
@click.option("-o", "--output", "file", type=click.Path(path_type=Path), required=True)
def report(name: str, period: str, node: str, file_format: str | None, user: str | None, file: Path) -> None:
    """Write the standard report NAME (attainment, composition, trend, coverage, flow) to FILE."""
    start()
    from repertory.config.commands import write_report  # app loading

    click.echo(_tell(lambda: write_report(name, file, period=period, node=node, file_format=file_format, user=user)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
def backup(file: Path) -> None:
    """Write database, attachments and keys to FILE while people go on working."""
    start()
    from repertory.config.backup import backup as run  # app loading

    click.echo(_tell(lambda: run(file)))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="replace what is there without asking")
def restore(file: Path, yes: bool) -> None:
    """Check FILE and put it in the place of the present data, which is kept beside it."""
    start()
    from repertory.config.backup import restore as run  # app loading

    if not yes:
        click.confirm("现有数据将被备份文件替换（原数据保留在旁边）。继续？ Replace the present data?", abort=True)
    click.echo(_tell(lambda: run(file)))


@main.command()
@click.option("--json", "as_json", is_flag=True)
def verify(as_json: bool) -> None:
    """Recompute every summary, check every invariant and the audit chain."""
    start()
    from repertory.config.checks import verify as run  # app loading

    findings = run()
    if as_json:
        click.echo(json.dumps(findings, ensure_ascii=False, indent=1))
    else:
        for check in findings["checks"]:
            click.echo(f"{'ok ' if check['ok'] else 'BAD'}  {check['name']}  {check['detail']}")
    sys.exit(0 if findings["ok"] else 1)


@main.command()
def turn_day() -> None:
    """Bring coverage and important dates to today (the background work does it every night)."""
    start()
    from repertory.config.commands import turn_day as run  # app loading

    click.echo(_tell(run))


@main.command("plan-cycle")
@click.option("--month", required=True, help="YYYY-MM")
@click.option("--as", "user", help="a rep: the own plan; a superior: those of the team; nobody: everybody's")
def plan_cycle(month: str, user: str | None) -> None:
    """Propose the visits of a month from call frequencies, working days, visiting hours and places."""
    start()
    from repertory.config.commands import plan_cycle as run  # app loading

    click.echo(_tell(lambda: run(month, user=user)))


def _tell(work):  # type: ignore[no-untyped-def]
    """Run and turn our own errors into a sentence on stderr and exit code 1."""
    from repertory.core.errors import RepertoryError  # app loading

    try:
        return work()
    except RepertoryError as error:
        click.echo(str(error), err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
