import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { top } from "../boundaries/source-files.js";

// The built command, as users run it; vitest's global setup built it.
const main = join(top, "dist/cli/main.js");
const example = (file: string) => join(top, "docs/examples/hillstrom", file);
const shell = (command: string) =>
  spawnSync("bash", ["-o", "pipefail", "-c", command], {
    encoding: "utf8",
    maxBuffer: 2 ** 24,
    env: {
      ...process.env,
      ESSAI: `${process.execPath} ${main}`,
      CELLS: example("cells.json"),
      FILE: example("experiment.json"),
    },
  });

describe("the built command", () => {
  it("is a Node script", () => {
    expect(readFileSync(main, "utf8")).toMatch(/^#!\/usr\/bin\/env node\n/);
  });

  it("is quiet when its reader has seen enough", () => {
    const { status, stdout, stderr } = shell(
      "$ESSAI analyze $CELLS -e $FILE --by channel,zip_code,newbie,mens --json | head -n 1",
    );
    expect([status, stdout, stderr]).toEqual([0, "{\n", ""]);
  });

  it("writes all of a long report into a pipe", () => {
    const { status, stdout } = shell(
      "$ESSAI analyze $CELLS -e $FILE --by channel,zip_code,newbie,mens --json | cat",
    );
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(200_000);
    expect((JSON.parse(stdout) as { format: string }).format).toBe("essai.report/2");
  });

  it("ends with 1 and an empty standard output on bad input", () => {
    const { status, stdout, stderr } = shell("$ESSAI analyze gone.csv -e $FILE");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^essai: .*gone\.csv/);
  });
});
