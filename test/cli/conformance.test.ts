import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.js";
import { fileEngines } from "../../src/engines/files/index.js";
import { essai } from "./terminal.js";

/** A command line's words as a shell would split them, up to a redirection. */
const split = (line: string) =>
  (line.split(" > ")[0]!.match(/'[^']*'|\S+/g) ?? []).map((word) => word.replace(/^'(.*)'$/, "$1"));

describe.each(Object.entries(commands))("essai %s", (name, { summary, load }) => {
  it("has help that documents every option, once", async () => {
    const { code, out, err } = await essai([name, "--help"]);
    expect([code, err]).toEqual([0, ""]);
    expect(out.startsWith(`${summary}\n\nusage: essai ${name}`)).toBe(true);
    const { options, usage } = await load();
    for (const [option, { value, about, short }] of Object.entries(options)) {
      expect(about).toMatch(/^\S.*[^.\s]$/);
      const left = `${short ? `-${short}, ` : ""}--${option}${value ? ` ${value}` : ""}`;
      expect(out.split("\n").filter((line) => line.includes(` ${left}  `))).toHaveLength(1);
    }
    const named = [...usage.matchAll(/--([a-z-]+)/g)].map(([, option]) => option!);
    expect(named.filter((option) => !Object.hasOwn(options, option))).toEqual([]);
  });

  it("has examples, which name its options as it knows them", async () => {
    const { examples } = await load();
    expect(examples.length).toBeGreaterThan(0);
    for (const example of examples) {
      const [program, command, ...rest] = split(example);
      expect([program, Object.keys(commands)]).toEqual(["essai", expect.arrayContaining([command])]);
      // With --help an example is parsed, and nothing is read.
      const { code, err } = await essai([command!, ...rest, "--help"]);
      expect([example, code, err]).toEqual([example, 0, ""]);
    }
  });

  it("answers an unknown option with the nearest one", async () => {
    const { options } = await load();
    for (const option of ["help", ...Object.keys(options)].filter((each) => each.length > 3)) {
      const { code, out, err } = await essai([name, `--${option[0]}${option}`]);
      expect([code, out]).toEqual([1, ""]);
      expect(err).toContain(`did you mean "--${option}"?`);
    }
  });
});

describe("--engine", () => {
  const reading = (["analyze", "replay"] as const).map((name) => [name] as const);
  it.each(reading)("of %s names the engines there are, and refuses others with the nearest", async (name) => {
    const { about } = (await commands[name].load()).options.engine!;
    for (const engine of Object.keys(fileEngines)) expect(about).toContain(engine);
    const args =
      name === "replay"
        ? ["replay", "a.csv", "--label", "x"]
        : ["analyze", "a.csv", "-e", "docs/examples/hillstrom/experiment.json"];
    const { code, out, err } = await essai([...args, "--engine", "duckbd"]);
    expect([code, out]).toEqual([1, ""]);
    expect(err).toMatch(/did you mean "duckdb"\? \(there are: /);
  });
});
