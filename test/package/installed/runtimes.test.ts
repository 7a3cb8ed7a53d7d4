import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, normalize } from "node:path";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createBandit, decide, policies, update } from "../../../src/bandits/index.js";
import { defineExperiment } from "../../../src/index.js";
import { browserEntries, publicEntries } from "../../boundaries/public-entries.js";
import { top } from "../../boundaries/source-files.js";
import { emptyProject, managers, runIn } from "./installed-folder.js";
import { leftOut, pinnedFile, program, required } from "./prepare.js";

const executablePath = process.env.ESSAI_CHROMIUM ?? "/usr/bin/chromium";
const useText = readFileSync(join(top, "test/package/installed/use.mjs"), "utf8");
const imported = [...useText.matchAll(/from "(essai[^"]*)"/g)].map((match) => match[1] ?? "");

// An installation, beside the other suites on two cores.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 300_000 });

/** Strings are the same everywhere; numbers to 12 digits, since engines differ in the last of `Math.exp`. */
const rounded = (text: string): unknown =>
  JSON.parse(text, (_, value: unknown) =>
    typeof value === "number" ? Number(value.toPrecision(12)) : value,
  );

describe("the program that is tried everywhere", () => {
  it("uses every entry that is for browsers", () => {
    expect(imported.sort()).toEqual(browserEntries.map(({ name }) => name).sort());
  });
});

describe.runIf(required)(`the browser entries of the packed package${leftOut}`, () => {
  let folder = "";
  let expected: unknown;
  const file = (name: string) => join(folder, name);

  beforeAll(() => {
    folder = emptyProject();
    managers.npm?.add(folder, ["./essai.tgz"]);
    writeFileSync(file("use.mjs"), useText);
    writeFileSync(file("main.mjs"), `import { use } from "./use.mjs";\nconsole.log(await use());\n`);
    expected = rounded(runIn(folder, [process.execPath, "main.mjs"]));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("assign, learn and estimate in Node", () => {
    expect(expected).toMatchObject({
      sent: 200,
      refused: expect.arrayContaining([expect.stringContaining("reçu")]),
    });
  });

  it("do the same on Node 24", () => {
    expect(rounded(runIn(folder, [program("node"), "main.mjs"]))).toEqual(expected);
  });

  it("do the same in Deno", () => {
    expect(
      rounded(runIn(folder, [program("deno"), "run", "--no-lock", "--cached-only", "-A", "main.mjs"])),
    ).toEqual(expected);
  });

  it("do the same in Bun", () => {
    expect(rounded(runIn(folder, [program("bun"), "main.mjs"]))).toEqual(expected);
  });

  it("do the same in workerd, bundled under its conditions", async () => {
    writeFileSync(
      file("worker.mjs"),
      `import { use } from "./use.mjs";
       export default { async test() { console.log("@result " + await use()); } };`,
    );
    const { metafile } = await build({
      ...{ entryPoints: [file("worker.mjs")], outfile: file("worker.js"), absWorkingDir: folder },
      ...{ bundle: true, format: "esm", target: "es2022", metafile: true },
      conditions: ["workerd", "worker", "browser"],
    });
    expect(Object.keys(metafile.inputs).filter((input) => input.includes("dist/node/"))).toEqual([]);
    writeFileSync(
      file("worker.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
       const config :Workerd.Config = (services = [(name = "main", worker = (
         modules = [(name = "worker", esModule = embed "worker.js")], compatibilityDate = "2026-01-01"))]);`,
    );
    const said = runIn(folder, ["sh", "-c", `"${program("workerd")}" test worker.capnp 2>&1`]);
    expect(rounded(/@result (\{.*\})/.exec(said)?.[1] ?? said)).toEqual(expected);
  });

  it("decide at the edge from a snapshot of a shared bandit, as the service of the example does", async () => {
    const state = createBandit(
      defineExperiment(JSON.parse(readFileSync(join(top, "docs/examples/service/offers.json"), "utf8"))),
      policies,
    );
    const learned = update(state, [
      { variant: "coupon", reward: 1 },
      { variant: "none", reward: 0 },
    ]);
    cpSync(join(top, "docs/examples/service/edge.mjs"), file("edge.mjs"));
    writeFileSync(
      file("edge-main.mjs"),
      `import edge from "./edge.mjs";
       export default { async test(_, env) {
         const request = new Request("http://edge.test/?userId=ann&occasion=1");
         const answer = await edge.fetch(request, { STATE_URL: "http://service.test", service: env.service });
         console.log("@result " + await answer.text());
       } };`,
    );
    writeFileSync(
      file("state.js"),
      `export default { fetch: () => new Response(${JSON.stringify(JSON.stringify(learned))}) };`,
    );
    await build({
      ...{ entryPoints: [file("edge-main.mjs")], outfile: file("edge.js"), absWorkingDir: folder },
      ...{ bundle: true, format: "esm", target: "es2022", conditions: ["workerd", "worker", "browser"] },
    });
    const worker = (name: string, bound: string) =>
      `(name = "${name}", worker = (modules = [(name = "worker", esModule = embed "${name}.js")],
         compatibilityDate = "2026-01-01"${bound}))`;
    writeFileSync(
      file("edge.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
       const config :Workerd.Config = (services = [
         ${worker("edge", ', bindings = [(name = "service", service = "state")]')}, ${worker("state", "")}]);`,
    );
    const said = runIn(folder, ["sh", "-c", `"${program("workerd")}" test edge.capnp 2>&1`]);
    const { id, action, propensity } = decide(learned, { unitId: "ann", occasion: "1", now: new Date(0) });
    const found = Object(rounded(/@result (\{.*\})/.exec(said)?.[1] ?? said));
    expect([found.id, found.action, found.propensity]).toEqual(
      rounded(JSON.stringify([id, action, propensity])),
    );
  });

  it("do the same through rollup without any plugin", async () => {
    const paths = Object.fromEntries(
      publicEntries.map((entry) => [entry.name, `./node_modules/essai/${entry.default.slice(2)}`]),
    );
    const text = useText.replace(/from "(essai[^"]*)"/g, (_, name: string) => `from "${paths[name]}"`);
    writeFileSync(file("relative.mjs"), text);
    const { rollup } = (await import(
      /* @vite-ignore */ pinnedFile("rollup/dist/es/rollup.js")
    )) as typeof import("rollup");
    const warnings: string[] = [];
    const bundle = await rollup({
      input: file("relative.mjs"),
      onwarn: ({ message }) => void warnings.push(message),
    });
    await bundle.write({ file: file("rolled.mjs"), format: "es" });
    await bundle.close();
    expect(warnings).toEqual([]);
    writeFileSync(
      file("rolled-main.mjs"),
      `import { use } from "./rolled.mjs";\nconsole.log(await use());\n`,
    );
    expect(rounded(runIn(folder, [process.execPath, "rolled-main.mjs"]))).toEqual(expected);
  });

  it("do the same in Chromium, by <script type=module> and without any build", async () => {
    expect(existsSync(executablePath), `a browser at ${executablePath}`).toBe(true);
    const site = file("site");
    mkdirSync(site);
    cpSync(file("node_modules/essai/dist"), join(site, "essai"), { recursive: true });
    writeFileSync(join(site, "use.mjs"), useText);
    const imports = Object.fromEntries(
      browserEntries.map((entry) => [entry.name, entry.default.replace("./dist/", "/essai/")]),
    );
    writeFileSync(
      join(site, "index.html"),
      `<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,">
       <script type="importmap">${JSON.stringify({ imports })}</script>
       <script type="module">import { use } from "/use.mjs"; window.result = await use();</script>`,
    );
    const server = createServer(({ url = "/" }, response) => {
      const path = join(site, normalize(url === "/" ? "/index.html" : url));
      const type = path.endsWith(".html") ? "text/html" : "text/javascript";
      if (existsSync(path)) response.setHeader("content-type", type).end(readFileSync(path));
      else response.writeHead(404).end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const quiet = ["--disable-quic", "--no-first-run", "--disable-background-networking"];
    const browser = await chromium.launch({
      executablePath,
      args: ["--no-sandbox", "--disable-gpu", "--disable-component-update", "--disable-sync", ...quiet],
    });
    try {
      const page = await browser.newPage();
      const errors: string[] = [];
      page.on("pageerror", (error) => errors.push(String(error)));
      page.on("console", (message) => message.type() === "error" && errors.push(message.text()));
      await page.goto(`http://127.0.0.1:${port}/`);
      await page
        .waitForFunction("window.result !== undefined", undefined, { timeout: 30_000 })
        .catch(() => {});
      expect(errors).toEqual([]);
      expect(rounded(String(await page.evaluate("window.result")))).toEqual(expected);
    } finally {
      await browser.close();
      server.close();
    }
  });
});
