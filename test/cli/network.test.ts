import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { publicEntries } from "../boundaries/public-entries.js";
import { top } from "../boundaries/source-files.js";
import { temporaryFolder } from "./terminal.js";

// Programs as users run them, built. JavaScript's ways to the network are trapped; native code's, DuckDB's among them,
// are seen by strace, where there is one.
const main = join(top, "dist/cli/main.js");
const example = (file: string) => join(top, "docs/examples", file);
const files = temporaryFolder();
const strace = spawnSync("strace", ["-V"]).status === 0;

interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What was trapped in JavaScript, and what the system was asked for. */
  readonly reached: readonly string[];
}

/** Runs Node in a process that has nothing but a folder, which is its home. */
function watched(words: readonly string[]): Run {
  const [trapped, traced, home] = [files.path("trapped"), files.path("traced"), files.path("home")];
  for (const file of [trapped, traced]) rmSync(file, { force: true });
  mkdirSync(home, { recursive: true });
  const node = [process.execPath, "--import", join(top, "test/cli/trapped-network.mjs"), ...words];
  const traces = [
    "-f",
    "-qq",
    "--seccomp-bpf",
    "-e",
    "trace=connect,bind,sendto,sendmsg,sendmmsg",
    "-o",
    traced,
  ];
  const [program = "", ...rest] = strace ? ["strace", ...traces, ...node] : node;
  const { status, stdout, stderr } = spawnSync(program, rest, {
    ...{ cwd: home, encoding: "utf8", maxBuffer: 2 ** 26 },
    env: { PATH: process.env.PATH, HOME: home, ESSAI_TRAPPED: trapped },
  });
  const lines = (file: string) => (existsSync(file) ? readFileSync(file, "utf8").split("\n") : []);
  return {
    ...{ status, stdout, stderr },
    reached: [...lines(trapped), ...lines(traced).filter((line) => /AF_INET|AF_NETLINK/.test(line))].filter(
      (line) => line !== "",
    ),
  };
}

const hillstrom = ["--experiment", example("hillstrom/experiment.json")];
const spring = ["--experiment", example("spring/experiment.json")];
const campaign = (file: string) => files.path(`campaign/${file}`);
const rows = (n: number) =>
  Array.from({ length: n }, (_, i) => `u${i},${i % 2 ? "b" : "a"},${(i * 7) % 5 === 0 ? 1 : 0}`).join("\n");

/** Lines of the command that need nothing from elsewhere, by command; in this order. */
const lines = (): readonly (readonly string[])[] => [
  ["validate", example("hillstrom/experiment.json")],
  ["diff", example("changing/experiments.json"), example("changing/experiments.next.json")],
  ["compile", example("changing/experiments.json")],
  ["assign", example("changing/customers.csv"), "--experiment", example("changing/offer.json")],
  "power FILE --baseline visit=0.1 --lift visit=0.1 --baseline conversion=0.006 --baseline spend=0.65 --deviation spend=11"
    .split(" ")
    .map((word) => (word === "FILE" ? example("hillstrom/experiment.json") : word)),
  ["simulate", "--out", files.path("campaign"), "--users", "3000"],
  ["analyze", "--experiment", campaign("experiment.json"), "--html", files.path("campaign.html")],
  ["analyze", files.path("rows.csv"), "--experiment", files.path("rows.json"), "--engine", "csv"],
  ["analyze", files.path("rows.csv"), "--experiment", files.path("rows.json"), "--threads", "2"],
  ["init", files.path("rows.csv"), "--outcomes", "y"],
  ["aa", files.path("rows.csv"), "--outcomes", "y", "--replications", "20"],
  ["analyze", example("hillstrom/cells.json"), ...hillstrom, "--by", "channel", "--json"],
  ["analyze", "--decisions", example("spring/decisions.jsonl.gz"), ...spring, "--lang", "fr"],
  ["report", files.path("report.json"), "--html", files.path("report.html"), "--markdown"],
  ["replay", files.path("rows.csv"), "--arm", "arm", "--reward", "y", "--orders", "1"],
  [
    ...["evaluate", files.path("chances.csv"), "--policy", "a"],
    ...["--arm", "arm", "--reward", "y", "--propensity", "p"],
  ],
  ["segments", files.path("rows.csv"), "--outcome", "y", "--repeats", "1"],
  ["programme", example("programme/tests.csv"), "--scale", "lift", "--lang", "fr"],
  ["demo"],
];

describe("the network", () => {
  beforeAll(() => {
    if (!strace) expect(process.env.ESSAI_REQUIRE_STRACE, "strace is required here").not.toBe("1");
    files.write("rows.csv", `unit,arm,y\n${rows(400)}\n`);
    const chances = rows(400).replaceAll("\n", ",0.5\n");
    files.write("chances.csv", `unit,arm,y,p\n${chances},0.5\n`);
    files.write("rows.json", {
      ...{ key: "rows", unit: "unit", control: "a", variants: { a: null, b: null } },
      metrics: [{ key: "y", type: "conversion", role: "goal" }],
      data: { unit: "unit", variant: "arm" },
    });
  });

  it("is not reached by any command, nor does any leave something in the home folder", () => {
    const told: string[] = [];
    for (const words of lines()) {
      const { status, stdout, stderr, reached } = watched([main, ...words]);
      if (words.includes("--json")) files.write("report.json", stdout);
      if (status !== 0 || reached.length > 0)
        told.push([words.join(" "), status, ...reached, stderr].join("\n"));
    }
    expect(told).toEqual([]);
    expect(existsSync(files.path("home/.duckdb"))).toBe(false);
    expect([...new Set(lines().map(([command]) => command))].sort()).toEqual(Object.keys(commands).sort());
  });

  it("is not reached by loading any entry", () => {
    const urls = publicEntries.map(({ node }) => pathToFileURL(join(top, node)).href);
    const program = `for (const url of ${JSON.stringify(urls)}) await import(url);`;
    const { status, stderr, reached } = watched(["--input-type=module", "-e", program]);
    expect([status, stderr, reached]).toEqual([0, "", []]);
  });

  it.each([
    ["a socket", 'import net from "node:net"; net.connect(9, "127.0.0.1");'],
    ["a request", 'import { get } from "node:http"; get("http://127.0.0.1:9");'],
    ["fetch", 'await fetch("http://127.0.0.1:9");'],
    ["a name", 'import { lookup } from "node:dns"; lookup("localhost", () => {});'],
    ["a name, by promise", 'import { resolve4 } from "node:dns/promises"; await resolve4("localhost");'],
    [
      "a datagram",
      'import { createSocket } from "node:dgram"; createSocket("udp4").send("a", 9, "127.0.0.1");',
    ],
    ["another program", 'import { execFileSync } from "node:child_process"; execFileSync("true");'],
  ])("would be seen: %s", (_, program) => {
    const { status, reached } = watched(["--input-type=module", "-e", program]);
    expect(status).not.toBe(0);
    expect(reached.length).toBeGreaterThan(0);
  });
});
