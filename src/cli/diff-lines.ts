import type { CatalogueDiff, ExperimentDiff, FieldChange } from "../assignment/index.js";
import { voiceIn } from "../report/index.js";

const { share: percent } = voiceIn();

/** Never rounded to none. */
const share = (value: number) => (value < 0.0005 && value > 0 ? "<0.1%" : percent(value));

/** What a unit gets, or that it gets nothing. */
const place = (variant: string | null) => variant ?? "(not enrolled)";

const longest = 60;
function value(json: unknown): string {
  const text = JSON.stringify(json);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function fieldText({ path: [field, ...rest], before, after }: FieldChange): string {
  const name = [field, ...rest].join(".");
  const show = (json: unknown) => (field === "allocation" ? share(Number(json)) : value(json));
  if (before === undefined) return `${name} added: ${show(after)}`;
  if (after === undefined) return `${name} removed: ${show(before)}`;
  return `${name}: ${show(before)} → ${show(after)}`;
}

function versionText({ versions: [before, after], change, sameVersion }: ExperimentDiff): string {
  if (change === "added") return `new, version ${after}`;
  if (change === "removed") return `gone, was version ${before}`;
  if (sameVersion) return `changed under the same version, ${after}`;
  return before === after ? `version ${after}, not changed itself` : `version ${before} → ${after}`;
}

/** What becomes of units, one sentence each. */
function moveTexts({ moves, among, uncounted }: ExperimentDiff): readonly string[] {
  const { moved, entered, left, rolledOut, flows } = moves;
  const lines = [
    moved > 0 ? `${share(moved)} of units change their variant` : "no unit changes its variant by chance",
  ];
  if (rolledOut > 0) lines.push(`${share(rolledOut)} get the variant that is rolled out instead of theirs`);
  if (entered > 0) lines.push(`${share(entered)} come in`);
  if (left > 0) lines.push(`${share(left)} drop out`);
  for (const flow of flows) lines.push(`  ${place(flow.from)} → ${place(flow.to)}: ${share(flow.share)}`);
  if (among.length > 0) lines.push(`counted among units that meet, before and after: ${among.join(", ")}`);
  if (uncounted.length > 0)
    lines.push(`changed too, and moves units by what is known of them: ${uncounted.join(", ")}`);
  return lines;
}

const nothing = "no difference";

const reusedText = ({ layer, from, to, share: part }: CatalogueDiff["reused"][number]) =>
  `layer ${layer}: ${to} takes ${share(part)} of the layer's units from ${from}; they carry over what they met there`;

/** What a reviewer must see first; empty where there is nothing of the kind. */
export const alarm = ({ unversioned }: CatalogueDiff): string =>
  unversioned.length === 0
    ? ""
    : `units move under the same version: ${unversioned.join(", ")}; give what changed a version of its own (nextVersion)`;

const isEmpty = ({ experiments, shared, reused }: CatalogueDiff) =>
  experiments.length + shared.length + reused.length === 0;

/** @returns the differences for a terminal */
export function diffText(diff: CatalogueDiff): string {
  if (isEmpty(diff)) return `${nothing}\n`;
  const blocks = diff.experiments.map((each) =>
    [
      `${each.experiment}  ${versionText(each)}`,
      ...[...each.fields.map(fieldText), ...moveTexts(each)].map((line) => `  ${line}`),
    ].join("\n"),
  );
  const rest = [...diff.shared.map(fieldText), ...diff.reused.map(reusedText)];
  if (rest.length > 0) blocks.push(["shared", ...rest.map((line) => `  ${line}`)].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

/** Text that says nothing else in Markdown than what it says. */
const plain = (text: string) => text.replace(/([\\`*_|<>[\]])/g, "\\$1");

/** @returns the differences for a pull request */
export function diffMarkdown(diff: CatalogueDiff): string {
  if (isEmpty(diff)) return `No difference.\n`;
  const warning = alarm(diff);
  const rows = diff.experiments.map((each) => {
    const { moved, entered, left } = each.moves;
    return `| ${[
      plain(each.experiment),
      plain(versionText(each)),
      each.moves.moved > 0 ? `**${share(moved)}**` : "none",
      entered > 0 ? share(entered) : "none",
      left > 0 ? share(left) : "none",
    ].join(" | ")} |`;
  });
  const details = diff.experiments.map((each) =>
    [
      `<details><summary>${plain(each.experiment)}</summary>`,
      "",
      ...[...each.fields.map(fieldText), ...moveTexts(each)].map((line) => `- ${plain(line.trim())}`),
      "",
      "</details>",
    ].join("\n"),
  );
  const rest = [...diff.shared.map(fieldText), ...diff.reused.map(reusedText)].map(
    (line) => `- ${plain(line)}`,
  );
  return `${[
    ...(warning ? [`> **Warning:** ${plain(warning)}`] : []),
    ...(rows.length > 0
      ? [
          [
            "| experiment | version | units that change variant | come in | drop out |",
            "|---|---|---:|---:|---:|",
            ...rows,
          ].join("\n"),
          ...details,
        ]
      : []),
    ...(rest.length > 0 ? [rest.join("\n")] : []),
  ].join("\n\n")}\n`;
}
