import { spawnSync } from "node:child_process";
import { linkSync, readdirSync, readFileSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";
import { essai, temporaryFolder } from "./terminal.js";

const files = temporaryFolder();
const example = (name: string) => readFileSync(join(top, "docs/examples/hillstrom", name), "utf8");
const main = join(top, "dist/cli/main.js");
const shell = (command: string, env: Record<string, string> = {}) =>
  spawnSync("bash", ["-c", command], {
    encoding: "utf8",
    env: { ...process.env, ESSAI: `${process.execPath} ${main}`, ...env },
  });

function inputs() {
  return {
    cells: files.write("cells.json", example("cells.json")),
    e: files.write("e.json", example("experiment.json")),
  };
}

describe("outputs never overwrite inputs", () => {
  it("by the same path, another spelling, a symbolic link or a hard link", async () => {
    const { cells, e } = inputs();
    const before = readFileSync(cells, "utf8");
    const folder = dirname(cells);
    symlinkSync(cells, files.path("symbolic.html"));
    linkSync(cells, files.path("hard.html"));
    symlinkSync(folder, files.path("folder"));
    const spellings: [string, string][] = [
      [cells, "FILE"],
      [relative(process.cwd(), cells), "FILE"],
      [`${folder}/./gone/../${basename(cells)}`, "FILE"],
      [files.path("symbolic.html"), "FILE"],
      [files.path("hard.html"), "FILE"],
      [files.path("folder/cells.json"), "FILE"],
      [e, "--experiment"],
    ];
    for (const [html, option] of spellings) {
      const { code, out, err } = await essai(["analyze", cells, "-e", e, "--html", html]);
      expect([code, out, readFileSync(cells, "utf8") === before], html).toEqual([1, "", true]);
      expect(err).toContain(`--html: is the same file as ${option}, which would be lost`);
    }
  });

  it("also where the experiment file or a pattern names the input, and of a saved report", async () => {
    const { data: _, ...experiment } = JSON.parse(example("experiment.json"));
    const data = files.write("part-1.csv", "segment,visit,conversion,spend\n");
    const mapping = { variant: "segment" };
    const e = files.write("mapped.json", { ...experiment, data: { ...mapping, file: "part-1.csv" } });
    const mapped = await essai(["analyze", "-e", e, "--html", data]);
    expect([mapped.code, mapped.err]).toEqual([1, expect.stringContaining("same file as data.file")]);
    const globbed = await essai(["analyze", files.path("part-*.csv"), "-e", e, "--html", data]);
    expect([globbed.code, globbed.err]).toEqual([1, expect.stringContaining("same file as FILE")]);
    const report = files.write("report.json", "{}");
    const again = await essai(["report", report, "--html", report]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining("same file as FILE")]);
  });
});

describe("a disk that is full", () => {
  it("ends with one sentence and code 1, on standard output and in a file", () => {
    const { cells, e } = inputs();
    const printed = shell(`$ESSAI analyze ${cells} -e ${e} > /dev/full`);
    expect([printed.status, printed.stderr]).toEqual([
      1,
      "essai: command line: standard output cannot be written; check that the disk is not full — ENOSPC\n",
    ]);
    const written = shell(`$ESSAI analyze ${cells} -e ${e} --html /dev/full`);
    expect([written.status, written.stdout]).toEqual([1, ""]);
    expect(written.stderr).toMatch(/^essai: --html: the file cannot be written .* — ENOSPC\n$/);
  });

  it("leaves the file that was there, and nothing half-written beside it", () => {
    const { cells, e } = inputs();
    const page = files.write("page.html", "the old page");
    const { status, stderr } = shell(
      `trap '' XFSZ; ulimit -f 8; $ESSAI analyze ${cells} -e ${e} --html ${page}`,
    );
    expect([status, stderr]).toEqual([1, expect.stringMatching(/^essai: --html: .* — EFBIG\n$/)]);
    expect(readFileSync(page, "utf8")).toBe("the old page");
    expect(readdirSync(dirname(page)).filter((name) => name.includes(".part"))).toEqual([]);
  });

  it("replaces the file where it can, keeping its mode and following a link", async () => {
    const { cells, e } = inputs();
    const page = files.write("target.html", "the old page");
    symlinkSync(page, files.path("link.html"));
    const { code } = await essai(["analyze", cells, "-e", e, "--html", files.path("link.html")]);
    expect([code, readFileSync(page, "utf8").slice(0, 15)]).toEqual([0, "<!doctype html>"]);
  });
});

describe("a reader that is gone", () => {
  it("of standard error leaves the exit code", () => {
    const { status } = shell("$ESSAI nothing 2> >(exec 0<&-; exit 0); exit $?");
    expect(status).toBe(1);
  });
});
