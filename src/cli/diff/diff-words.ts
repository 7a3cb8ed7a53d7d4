/** What `essai diff` says, in one language; shares come spelled. */
export interface DiffWords {
  readonly none: string;
  readonly notEnrolled: string;
  readonly added: (name: string, value: string) => string;
  readonly removed: (name: string, value: string) => string;
  readonly became: (name: string, before: string, after: string) => string;
  readonly version: {
    readonly new: (version: number) => string;
    readonly gone: (version: number) => string;
    readonly same: (version: number) => string;
    readonly kept: (version: number) => string;
    readonly next: (before: number, after: number) => string;
  };
  readonly moved: (share: string) => string;
  readonly still: string;
  readonly rolledOut: (share: string) => string;
  readonly entered: (share: string) => string;
  readonly left: (share: string) => string;
  readonly flow: (from: string, to: string, share: string) => string;
  readonly among: (experiments: string) => string;
  readonly uncounted: (experiments: string) => string;
  readonly shared: string;
  readonly reused: (layer: string, to: string, share: string, from: string) => string;
  readonly unversioned: (experiments: string) => string;
  /** Of the table in Markdown. */
  readonly nothing: string;
  readonly warning: string;
  readonly noDifference: string;
  readonly columns: readonly [
    experiment: string,
    version: string,
    moved: string,
    entered: string,
    left: string,
  ];
}

const en: DiffWords = {
  none: "no difference",
  notEnrolled: "(not enrolled)",
  added: (name, value) => `${name} added: ${value}`,
  removed: (name, value) => `${name} removed: ${value}`,
  became: (name, before, after) => `${name}: ${before} → ${after}`,
  version: {
    new: (version) => `new, version ${version}`,
    gone: (version) => `gone, was version ${version}`,
    same: (version) => `changed under the same version, ${version}`,
    kept: (version) => `version ${version}, not changed itself`,
    next: (before, after) => `version ${before} → ${after}`,
  },
  moved: (share) => `${share} of units change their variant`,
  still: "no unit changes its variant by chance",
  rolledOut: (share) => `${share} get the variant that is rolled out instead of theirs`,
  entered: (share) => `${share} come in`,
  left: (share) => `${share} drop out`,
  flow: (from, to, share) => `${from} → ${to}: ${share}`,
  among: (experiments) => `counted among units that meet, before and after: ${experiments}`,
  uncounted: (experiments) => `changed too, and moves units by what is known of them: ${experiments}`,
  shared: "shared",
  reused: (layer, to, share, from) =>
    `layer ${layer}: ${to} takes ${share} of the layer's units from ${from}; they carry over what they met there`,
  unversioned: (experiments) =>
    `units move under the same version: ${experiments}; give what changed a version of its own (nextVersion)`,
  nothing: "none",
  warning: "Warning:",
  noDifference: "No difference.",
  columns: ["experiment", "version", "units that change variant", "come in", "drop out"],
};

const fr: DiffWords = {
  none: "aucune différence",
  notEnrolled: "(hors du test)",
  added: (name, value) => `${name} ajouté : ${value}`,
  removed: (name, value) => `${name} retiré : ${value}`,
  became: (name, before, after) => `${name} : ${before} → ${after}`,
  version: {
    new: (version) => `nouveau, version ${version}`,
    gone: (version) => `disparu, était en version ${version}`,
    same: (version) => `changé sous la même version, ${version}`,
    kept: (version) => `version ${version}, lui-même inchangé`,
    next: (before, after) => `version ${before} → ${after}`,
  },
  moved: (share) => `${share} des unités changent de variante`,
  still: "aucune unité ne change de variante par le tirage",
  rolledOut: (share) => `${share} reçoivent la variante généralisée au lieu de la leur`,
  entered: (share) => `${share} entrent`,
  left: (share) => `${share} sortent`,
  flow: (from, to, share) => `${from} → ${to} : ${share}`,
  among: (experiments) => `compté parmi les unités qui rencontrent, avant et après : ${experiments}`,
  uncounted: (experiments) =>
    `change aussi, et déplace des unités selon ce que l’on sait d’elles : ${experiments}`,
  shared: "commun",
  reused: (layer, to, share, from) =>
    `couche ${layer} : ${to} prend à ${from} ${share} des unités de la couche ; elles gardent l’effet de ce qu’elles y ont vu`,
  unversioned: (experiments) =>
    `des unités changent de variante sous la même version : ${experiments} ; donnez une nouvelle version à ce qui a changé (nextVersion)`,
  nothing: "aucune",
  warning: "Attention :",
  noDifference: "Aucune différence.",
  columns: ["test", "version", "unités qui changent de variante", "entrent", "sortent"],
};

/** @returns the words of a language, of English where there are no others */
export const diffWords = (language: string): DiffWords => (language === "fr" ? fr : en);
