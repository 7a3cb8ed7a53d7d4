import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importsOf, parsedFiles, top } from "../boundaries/source-files.js";

const read = (file: string) => readFileSync(join(top, file), "utf8");
const { name, version, files, dependencies, peerDependencies } = JSON.parse(read("package.json"));
const lock: Record<string, { version: string; dependencies?: Record<string, string> }> = JSON.parse(
  read("package-lock.json"),
).packages;

/** What an installation brings, by the lock file, and what the build takes in: imported, but installed by nobody. */
function shipped(): string[] {
  const imported = parsedFiles()
    .flatMap(importsOf)
    .filter(({ external, typeOnly, to }) => external && !typeOnly && !to.startsWith("node:"))
    .map(({ to }) => to);
  const open = [...Object.keys(dependencies), ...imported.filter((each) => !(each in peerDependencies))];
  const found = new Set(open);
  for (const each of open) {
    const more = Object.keys(lock[`node_modules/${each}`]?.dependencies ?? {});
    open.push(...more.filter((other) => !found.has(other)));
    for (const other of more) found.add(other);
  }
  return [...found].sort();
}

describe("the software bill of materials", () => {
  const folder = mkdtempSync(join(tmpdir(), "essai-sbom-"));
  let bill: {
    bomFormat: string;
    metadata: { component: { name: string; version: string } };
    components: { "bom-ref": string; name: string; version: string; licenses: unknown[]; purl: string }[];
    dependencies: { ref: string; dependsOn: string[] }[];
  };
  beforeAll(() => {
    const file = join(folder, "sbom.json");
    execFileSync(process.execPath, [join(top, ".ci/sbom.mjs"), file], { cwd: folder });
    bill = JSON.parse(readFileSync(file, "utf8"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("names every package that is installed or built in, and no other", () => {
    expect(bill.components.map((each) => each.name).sort()).toEqual(shipped());
    expect(shipped()).toContain("seedrandom");
    expect(bill.bomFormat).toBe("CycloneDX");
  });

  it("tells the version in use and the license of each", () => {
    for (const each of bill.components) {
      expect(each.version).toBe(lock[`node_modules/${each.name}`]?.version);
      expect(each.licenses.length).toBeGreaterThan(0);
      expect(each.purl).toBe(`pkg:npm/${each.name}@${each.version}`);
    }
  });

  it("is of this package, whatever the folder is called, and says that it depends on each", () => {
    expect(bill.metadata.component).toMatchObject({ name, version });
    const own = bill.dependencies.find(({ ref }) => ref === `${name}@${version}`);
    expect([...(own?.dependsOn ?? [])].sort()).toEqual(bill.components.map((each) => each["bom-ref"]).sort());
  });
});

describe("a release", () => {
  const check = (...words: string[]) =>
    spawnSync(process.execPath, [join(top, ".ci/check-tag.mjs"), ...words], { encoding: "utf8" });
  const dated = read("CHANGELOG.md").includes(`## ${version} — 2`);

  it("may have the tag of the package's version only, once the changelog has its day", () => {
    const right = check(`v${version}`);
    expect(right.status).toBe(dated ? 0 : 1);
    expect(right.stderr).not.toContain("tag");
    for (const wrong of [[`v${version}0`], [version], ["v"], []]) {
      const { status, stderr } = check(...wrong);
      expect(status).toBe(1);
      expect(stderr).toContain(`but package.json has version ${version}`);
    }
  });

  it("is published with provenance by a workflow that tests first and asks for no more than it needs", () => {
    const workflow = read(".github/workflows/release.yml");
    const [head = "", test = "", publish = ""] = workflow.split(/^ {2}(?:test|publish):$/m);
    expect(head).toMatch(/^permissions: \{\}$/m);
    const steps = (job: string) => [...job.matchAll(/^ {6}- run: (.+)$/gm)].map(([, step]) => step);
    expect(steps(test)).toEqual(['node .ci/check-tag.mjs "$GITHUB_REF_NAME"', ".ci/run"]);
    expect(test).toMatch(/permissions:\n {6}contents: read\n/);
    expect(publish).toMatch(/^ {4}needs: test$/m);
    expect(publish).toMatch(/id-token: write/);
    expect(steps(publish).slice(0, 3)).toEqual([
      "npm ci",
      "npm run sbom",
      "npm publish --provenance --access public",
    ]);
    expect(workflow).not.toMatch(/secrets\./);
  });

  it("carries the page on security and the bill", () => {
    expect(files).toEqual(expect.arrayContaining(["SECURITY.md", "sbom.cdx.json"]));
  });
});
