import type { CatalogueDiff, ExperimentDiff, FieldChange } from "../../assignment/index.js";
import type { Voice } from "../../report/index.js";
import { type DiffWords, diffWords } from "./diff-words.js";

/** How differences are told: a language's words, and its shares, never rounded to none. */
interface Teller {
  readonly words: DiffWords;
  share(value: number): string;
}

const tellerIn = (voice: Voice): Teller => ({
  words: diffWords(voice.language),
  share: (value) => (value < 0.0005 && value > 0 ? `<${voice.share(0.001)}` : voice.share(value)),
});

const longest = 60;
function value(json: unknown): string {
  const text = JSON.stringify(json);
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

function fieldText({ path: [field, ...rest], before, after }: FieldChange, { words, share }: Teller): string {
  const name = [field, ...rest].join(".");
  const show = (json: unknown) => (field === "allocation" ? share(Number(json)) : value(json));
  if (before === undefined) return words.added(name, show(after));
  if (after === undefined) return words.removed(name, show(before));
  return words.became(name, show(before), show(after));
}

function versionText(
  { versions: [before, after], change, sameVersion }: ExperimentDiff,
  { words: { version } }: Teller,
): string {
  if (after === null) return version.gone(before ?? 0);
  if (before === null || change === "added") return version.new(after);
  if (sameVersion) return version.same(after);
  return before === after ? version.kept(after) : version.next(before, after);
}

/** What becomes of units, one sentence each. */
function moveTexts({ moves, among, uncounted }: ExperimentDiff, { words, share }: Teller): readonly string[] {
  const { moved, entered, left, rolledOut, flows } = moves;
  // What a unit gets, or that it gets nothing.
  const place = (variant: string | null) => variant ?? words.notEnrolled;
  return [
    moved > 0 ? words.moved(share(moved)) : words.still,
    ...(rolledOut > 0 ? [words.rolledOut(share(rolledOut))] : []),
    ...(entered > 0 ? [words.entered(share(entered))] : []),
    ...(left > 0 ? [words.left(share(left))] : []),
    ...flows.map((flow) => `  ${words.flow(place(flow.from), place(flow.to), share(flow.share))}`),
    ...(among.length > 0 ? [words.among(among.join(", "))] : []),
    ...(uncounted.length > 0 ? [words.uncounted(uncounted.join(", "))] : []),
  ];
}

const sharedTexts = ({ shared, reused }: CatalogueDiff, teller: Teller): readonly string[] => [
  ...shared.map((change) => fieldText(change, teller)),
  ...reused.map(({ layer, from, to, share }) => teller.words.reused(layer, to, teller.share(share), from)),
];

/** What a reviewer must see first; empty where there is nothing of the kind. */
export const alarm = ({ unversioned }: CatalogueDiff, { language }: Voice): string =>
  unversioned.length === 0 ? "" : diffWords(language).unversioned(unversioned.join(", "));

const isEmpty = ({ experiments, shared, reused }: CatalogueDiff) =>
  experiments.length + shared.length + reused.length === 0;

/** @returns the differences for a terminal */
export function diffText(diff: CatalogueDiff, voice: Voice): string {
  const teller = tellerIn(voice);
  const { words } = teller;
  if (isEmpty(diff)) return `${words.none}\n`;
  const blocks = diff.experiments.map((each) =>
    [
      `${each.experiment}  ${versionText(each, teller)}`,
      ...[...each.fields.map((change) => fieldText(change, teller)), ...moveTexts(each, teller)].map(
        (line) => `  ${line}`,
      ),
    ].join("\n"),
  );
  const rest = sharedTexts(diff, teller);
  if (rest.length > 0) blocks.push([words.shared, ...rest.map((line) => `  ${line}`)].join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

/** Text that says nothing else in Markdown than what it says. */
const plain = (text: string) => text.replace(/([\\`*_|<>[\]])/g, "\\$1");

/** @returns the differences for a pull request */
export function diffMarkdown(diff: CatalogueDiff, voice: Voice): string {
  const teller = tellerIn(voice);
  const { words, share } = teller;
  if (isEmpty(diff)) return `${words.noDifference}\n`;
  const warning = alarm(diff, voice);
  const part = (some: number, shown = share(some)) => (some > 0 ? shown : words.nothing);
  const rows = diff.experiments.map((each) => {
    const { moved, entered, left } = each.moves;
    const cells = [
      plain(each.experiment),
      plain(versionText(each, teller)),
      part(moved, `**${share(moved)}**`),
    ];
    return `| ${[...cells, part(entered), part(left)].join(" | ")} |`;
  });
  const details = diff.experiments.map((each) =>
    [
      `<details><summary>${plain(each.experiment)}</summary>`,
      "",
      ...[...each.fields.map((change) => fieldText(change, teller)), ...moveTexts(each, teller)].map(
        (line) => `- ${plain(line.trim())}`,
      ),
      "",
      "</details>",
    ].join("\n"),
  );
  const rest = sharedTexts(diff, teller).map((line) => `- ${plain(line)}`);
  const table = [`| ${words.columns.join(" | ")} |`, "|---|---|---:|---:|---:|", ...rows].join("\n");
  return `${[
    ...(warning ? [`> **${words.warning}** ${plain(warning)}`] : []),
    ...(rows.length > 0 ? [table, ...details] : []),
    ...(rest.length > 0 ? [rest.join("\n")] : []),
  ].join("\n\n")}\n`;
}
