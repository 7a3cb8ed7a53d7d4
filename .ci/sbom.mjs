// npm run sbom [-- FILE]: writes the software bill of materials of the package (CycloneDX, JSON), by default to
// sbom.cdx.json: what npm installs with it, and what the build copies into it.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const top = fileURLToPath(new URL("..", import.meta.url));
const { name } = JSON.parse(readFileSync(join(top, "package.json"), "utf8"));

/** Packages whose code is built into `dist`: npm installs them for the build alone, and would not list them. */
const builtIn = ["seedrandom"];

const listed = (...words) =>
  JSON.parse(
    execFileSync("npm", ["sbom", "--sbom-format", "cyclonedx", "--sbom-type", "library", ...words], {
      ...{ cwd: top, encoding: "utf8", maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "inherit"] },
    }),
  );

const shipped = listed("--omit", "dev");
const all = listed();
const added = builtIn.map((each) => {
  const component = all.components.find((other) => other.name === each);
  if (!component) throw new Error(`${each} is built in, but not installed`);
  return { ...component, scope: "required", properties: [{ name: "essai:built-in", value: "true" }] };
});

// npm names the component after the folder that the clone lies in.
shipped.metadata.component.name = name;
shipped.components.push(...added);
shipped.dependencies
  .find(({ ref }) => ref === shipped.metadata.component["bom-ref"])
  .dependsOn.push(...added.map((component) => component["bom-ref"]));
shipped.dependencies.push(...added.map((component) => ({ ref: component["bom-ref"], dependsOn: [] })));

const file = process.argv[2] ?? join(top, "sbom.cdx.json");
writeFileSync(file, `${JSON.stringify(shipped, null, 2)}\n`);
