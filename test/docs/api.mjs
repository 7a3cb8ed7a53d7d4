// npm run docs:api: the reference of every public entry, from the docstrings, into the ignored folder `api`.
// npm run docs:api -- --check: the same, written nowhere; a warning is a failure.
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Application, CommentTag, Converter } from "typedoc";

const top = fileURLToPath(new URL("../..", import.meta.url));
const { name, exports } = JSON.parse(readFileSync(resolve(top, "package.json"), "utf8"));
const sources = Object.values(exports).flatMap((target) =>
  typeof target === "string"
    ? []
    : [resolve(top, target.default.replace("./dist/", "src/").replace(/\.js$/, ".ts"))],
);

const app = await Application.bootstrap({
  name,
  entryPoints: sources,
  tsconfig: resolve(top, "tsconfig.build.json"),
  basePath: resolve(top, "src"),
  readme: "none",
  // Links to the sources need a remote, which a clone for a check may lack.
  disableSources: process.argv.includes("--check"),
  excludeInternal: true,
  blockTags: ["@param", "@returns", "@throws", "@example", "@source", "@checked"],
  // Types that only the inside names are shown where they are used.
  validation: { notExported: false, invalidLink: true, notDocumented: false },
});

/** `@param settings.share` and its like become a list under `settings`, as TypeDoc drops fields of named types. */
app.converter.on(
  Converter.EVENT_CREATE_SIGNATURE,
  (_, { comment }) => {
    const fields = comment?.blockTags.filter((tag) => tag.tag === "@param" && tag.name?.includes(".")) ?? [];
    for (const field of fields) {
      const [root, ...path] = field.name.split(".");
      let whole = comment.blockTags.find((tag) => tag.tag === "@param" && tag.name === root);
      if (!whole) {
        whole = new CommentTag("@param", []);
        whole.name = root;
        comment.blockTags.splice(comment.blockTags.indexOf(field), 0, whole);
      }
      whole.content.push({ kind: "text", text: `\n- \`${path.join(".")}\`: ` }, ...field.content);
      comment.blockTags.splice(comment.blockTags.indexOf(field), 1);
    }
  },
  100,
);

const project = await app.convert();
if (project) {
  app.validate(project);
  if (!process.argv.includes("--check")) await app.generateDocs(project, resolve(top, "api"));
}
if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) process.exitCode = 1;
