/** What `essai segments` tells beside its answer, in one language. */
interface SegmentsWords {
  readonly leftOut: (audience: number, rule: number) => string;
  readonly spelling: (json: string) => string;
  readonly ignored: (columns: string) => string;
  readonly events: (later: number, unexposed: number) => string;
  /** Before a progress bar. */
  readonly searching: string;
}

const en: SegmentsWords = {
  leftOut: (audience, rule) =>
    `left out: ${audience} not of the audience, ${rule} that a rule gave their variant`,
  spelling: (json) => `read as written so: ${json}`,
  ignored: (columns) => `not searched, by their names recorded later: ${columns}`,
  events: (later, unexposed) =>
    `events not counted: ${later} at the exposure or later, ${unexposed} of units that were not exposed`,
  searching: "searching",
};

const fr: SegmentsWords = {
  leftOut: (audience, rule) =>
    `laissées de côté : ${audience} hors de l’audience, ${rule} dont une règle a fixé la variante`,
  spelling: (json) => `lu comme écrit ainsi : ${json}`,
  ignored: (columns) => `pas examinées, relevées plus tard d’après leur nom : ${columns}`,
  events: (later, unexposed) =>
    `événements non comptés : ${later} à l’exposition ou après, ${unexposed} d’unités qui n’ont pas été exposées`,
  searching: "recherche",
};

/** @returns the words of a language, of English where there are no others */
export const segmentsWords = (language: string): SegmentsWords => (language === "fr" ? fr : en);
