import { describe, expect, it } from "vitest";
import type { Finding, Report } from "../../../src/analysis/index.js";
import {
  formats,
  type Language,
  languages,
  type ReportFormat,
  reportView,
  toHtml,
  toMarkdown,
  toText,
  voiceIn,
} from "../../../src/report/index.js";
import { phrases as english } from "../../../src/report/words/en/phrases.js";
import type { Phrase } from "../../../src/report/words/language.js";
import { tell } from "../../../src/report/words/voice.js";
import { worlds } from "../worlds.js";

const codes = Object.keys(languages) as Language[];
const others = codes.filter((code) => code !== "en");
const phrases = Object.entries(english as Readonly<Record<string, Phrase>>);
const forms = (phrase: Phrase) => (typeof phrase === "string" ? [phrase] : [...phrase]);
const holes = (text: string) => new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, hole]) => hole as string));
const made: readonly (readonly [string, Report])[] = await Promise.all(
  Object.entries(worlds).map(async ([name, make]) => [name, await make()] as const),
);

/** The value, noting every path that is read of it. */
function watched<T>(value: T, path: string, read: Set<string>): T {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key) {
      const got: unknown = Reflect.get(target, key);
      if (typeof key !== "string" || typeof got === "function") return got;
      const at = `${path}.${/^\d+$/.test(key) ? "n" : key}`;
      if (typeof got !== "object" || got === null) read.add(at);
      return watched(got, at, read);
    },
  });
}

function partsRead(finding: Finding, language: Language): readonly string[] {
  const read = new Set<string>();
  tell({ ...finding, evidence: watched(finding.evidence, "", read) } as Finding, voiceIn(language));
  return [...read].filter((path) => !path.endsWith(".length")).sort();
}

describe.each(others)("%s beside English", (code) => {
  const words = languages[code].phrases as Readonly<Record<string, Phrase>>;

  it("has the same phrases, with the same holes and the same plurals", () => {
    expect(Object.keys(words).sort()).toEqual(phrases.map(([key]) => key).sort());
    for (const [key, phrase] of phrases) {
      const [own, theirs] = [forms(words[key] as Phrase), forms(phrase)];
      expect(own.length, key).toBe(theirs.length);
      for (const form of own) expect(holes(form), key).toEqual(holes(theirs.at(-1) as string));
    }
  });

  it("rests each sentence on the same parts of the evidence", () => {
    for (const [world, { findings }] of made)
      for (const finding of findings)
        expect(partsRead(finding, code), `${world} ${finding.kind}`).toEqual(partsRead(finding, "en"));
  });

  it("has a word for every name that data carry", () => {
    for (const table of ["actions", "roles", "marks", "grains", "statuses", "cautions"] as const)
      expect(Object.keys(languages[code][table]).sort()).toEqual(Object.keys(languages.en[table]).sort());
  });
});

/** What a reader sees of a page: its text, and what is read out of pictures and tables. */
function seen(page: string): string {
  return page
    .replace(/<style>.*?<\/style>/gs, " ")
    .replace(/<[^>]*?(?:aria-label|data-label)="([^"]*)"[^>]*>/g, " $1 ")
    .replace(/<[^>]*>/g, " ");
}

// Words of English that no name in these worlds, no code and no French text has.
const englishWords =
  /(?<!\p{L})(the|of|is|are|was|were|and|with|for|than|from|units?|shares?|against|difference|lift|cells?|here|elsewhere|shown|not|better|worse|tests? by|decisions?|rewards?|played|best|share|now|others?|corrected|overall|between|findings|caution|left out|missing)(?!\p{L})/iu;

describe("French output", () => {
  const texts = async (report: Report) => ({
    text: toText(report, { lang: "fr", findings: true }),
    markdown: toMarkdown(report, { lang: "fr" }),
    page: seen(await toHtml(report, { lang: "fr" })),
  });
  /** Names of rules and of corrections are codes, the same in every language. */
  const withoutCodes = (text: string) =>
    text.replaceAll("\\_", "_").replace(/\b\w+_\w+\b|between-|version\b/g, " ");

  it("has no English left in it", async () => {
    for (const [world, report] of made)
      for (const [format, text] of Object.entries(await texts(report)))
        for (const line of withoutCodes(text).split("\n"))
          expect(englishWords.exec(line)?.[0], `${world}, ${format}: ${line.trim()}`).toBeUndefined();
  });

  it("would be found out: English has all of these words", async () => {
    const all = made.map(([, report]) => toText(report, { findings: true })).join("\n");
    for (const word of ["the", "units", "against", "difference", "elsewhere", "shown", "corrected"])
      expect(all.toLowerCase()).toContain(word);
  });

  it("writes numbers the French way, and tells the browser so", async () => {
    for (const [world, report] of made) {
      const { text, markdown, page } = await texts(report);
      for (const each of [text, markdown, page]) expect(each, world).not.toMatch(/\d\.\d|\d%|\d pp\b/);
      expect(await toHtml(report, { lang: "fr" })).toContain('<html lang="fr">');
    }
    expect(await toHtml(made[0]?.[1] as Report)).toContain('<html lang="en">');
  });

  it.each([80, 100])("keeps to %s columns", (width) => {
    for (const [world, report] of made)
      for (const line of toText(report, { lang: "fr", width }).split("\n"))
        if ([...line].length > width) expect.fail(`${world}: ${line}`);
  });
});

describe("an unknown language", () => {
  it("is refused by name, with the languages there are", () => {
    const [, report] = made[0] as (typeof made)[number];
    const asked = { lang: "de" as Language };
    for (const show of [toText, toMarkdown])
      expect(() => show(report, asked)).toThrow(/^lang: .*"de".*there are: en, fr/);
    for (const format of Object.values(formats) as ReportFormat[])
      expect(() => format.render(reportView(report, voiceIn(asked.lang)))).toThrow(/there are: en, fr/);
    expect(() => voiceIn("constructor" as Language)).toThrow(/there are: en, fr/);
  });
});
