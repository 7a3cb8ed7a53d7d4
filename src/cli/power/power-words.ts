import type { ReadingPlan } from "./way.js";

/** What is said of a power plan, in one language. */
export interface PowerWords {
  readonly head: (experiment: string, units: string, unit: string, power: string) => string;
  readonly open: (experiment: string) => string;
  readonly daysAt: (days: string, daily: string) => string;
  readonly tests: readonly [error: string, needs: string, passes: string];
  readonly goal: (lift: string) => string;
  readonly guardrail: (margin: string) => string;
  readonly believes: (loss: string, mean: string, deviation: string) => string;
  readonly outcome: (
    where: "supposed" | "none" | "drawn",
    ship: string,
    stop: string,
    units: string,
  ) => string;
  readonly tried: (runs: string, error: string) => string;
  readonly unreachable: (experiment: string, power: string) => string;
  readonly used: (supposed: string, none: string) => string;
  readonly decides: (key: string) => string;
  readonly rule: (tests: number, margins: boolean) => string;
  readonly failing: (tests: number, beta: string, harm: string | undefined) => string;
  readonly plan: (plan: ReadingPlan) => string;
  readonly own: string;
  readonly table: (goal: string) => string;
  readonly units: string;
  readonly days: string;
  readonly average: string;
  readonly curve: (goal: string, lift: string) => string;
  readonly reverse: (days: string, units: string) => string;
  readonly none: string;
  readonly blocked: (guardrail: string) => string;
  readonly worth: (days: string) => string;
  readonly notWorth: (days: string, most: string, savings: boolean) => string;
  readonly measured: (units: string, days: string | undefined) => string;
  readonly metric: (key: string, value: string, deviation: string) => string;
  readonly traffic: (daily: string, from: string, to: string) => string;
  readonly clusters: (count: string, size: string) => string;
  readonly alike: (key: string, correlation: string, times: string) => string;
  readonly fewClusters: string;
  readonly weekdays: readonly string[];
  readonly weeks: string;
  readonly covariates: (key: string, explained: string, saved: string) => string;
  readonly cap: (key: string, cap: string, saved: string) => string;
  readonly better: (key: string, other: string, times: string) => string;
  readonly savings: string;
  readonly page: string;
}

const en: PowerWords = {
  head: (experiment, units, unit, power) =>
    `${experiment}: ${units} units (${unit}) to ship with probability ${power} or more`,
  open: (experiment) => `${experiment}: no gain of a goal is supposed; give it with --lift KEY=VALUE`,
  daysAt: (days, daily) => `${days} days at ${daily} units a day`,
  tests: ["one-sided error", "control needs", "passes"],
  goal: (lift) => `goal, ${lift}`,
  guardrail: (margin) => `guardrail, within ${margin}`,
  believes: (loss, mean, deviation) =>
    `A side is chosen where it gives up less than ${loss} on average; before the data, lifts are believed to be ${mean}, give or take ${deviation}.`,
  outcome: (where, ship, stop, units) =>
    `${{ supposed: "as supposed", none: "where nothing moves", drawn: "where lifts are as believed before the data (assurance)" }[where]}: ships in ${ship}, stops in ${stop}, after ${units} units on average`,
  tried: (runs, error) =>
    `${runs} simulated tests of independent metrics; shares are right within ${error} (one standard error).`,
  unreachable: (experiment, power) =>
    `${experiment}: no number of units ships what is supposed with probability ${power}: the gain is too small beside the loss of the plan, or something else is stopped too often by chance`,
  used: (supposed, none) =>
    `It ends after ${supposed} units on average where all is as supposed, after ${none} where nothing changes.`,
  decides: (key) => `${key} decides: its test needs the most units.`,
  rule: (tests, margins) =>
    `To ship, a goal must be shown better (corrected over ${tests} ${tests === 1 ? "test" : "tests"})${margins ? ", and every guardrail to stay within its margin (uncorrected, since all must)" : ""}.`,
  failing: (tests, beta, harm) =>
    `${tests === 1 ? "It" : `Each of the ${tests}`} may fail with probability ${beta}${harm === undefined ? "" : `; ${harm} is kept for harm that is called by chance`}.`,
  plan: ({ rule, looks, futility }) =>
    ({
      "one-look": "one look",
      "alpha-spending": `${looks} looks, alpha spending${futility ? `, ${futility === "binding" ? "binding futility" : "futility"}` : ""}`,
      "equal-shares": `${looks} looks, equal shares`,
      "always-valid": "any look, always valid",
      bayes:
        looks === undefined ? "expected loss" : `${looks} ${looks === 1 ? "look" : "looks"}, expected loss`,
    })[rule],
  own: "the plan of the file",
  table: (goal) => `UNITS BY EFFECT ON ${goal}`,
  units: "units",
  days: "days",
  average: "on average",
  curve: (goal, lift) => `PROBABILITY OF SHIPPING ${lift} ON ${goal}`,
  reverse: (days, units) => `WHAT ${days} DAYS CAN SHOW (${units} units)`,
  none: "nothing",
  blocked: (guardrail) =>
    `So few units do not show ${guardrail} to stay within its margin, whatever a goal gains.`,
  worth: (days) => `Worth starting: it takes ${days} days.`,
  notWorth: (days, most, savings) =>
    `Not worth starting as it is: it takes ${days} days, and more than ${most} are seldom the same test to the end. Test something bolder${savings ? ", or save units as below" : ""}.`,
  measured: (units, days) =>
    `measured on ${units} units of the past${days === undefined ? "" : ` over ${days} days`}`,
  metric: (key, value, deviation) => `${key}: ${value}, standard deviation ${deviation}`,
  traffic: (daily, from, to) => `${daily} units a day from ${from} to ${to}`,
  clusters: (count, size) => `Whole clusters are randomised: ${count} of ${size} units on average.`,
  alike: (key, correlation, times) =>
    `${key}: correlation ${correlation} within a cluster, which takes ${times} times the units.`,
  fewClusters:
    "With so few clusters, a test by clusters finds a little less than is said here: plan for some more of them.",
  weekdays: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
  weeks: "run whole weeks, so that every weekday counts alike",
  covariates: (key, explained, saved) =>
    `${key}: its covariates explain ${explained} of the variance; without them it would need ${saved} more units.`,
  cap: (key, cap, saved) =>
    `${key}: a cap of ${cap} (\`cap\`) saves ${saved} of the units, for the same lift.`,
  better: (key, other, times) => `${other} needs ${times} of the units that ${key} needs for the same lift.`,
  savings: "WHAT SAVES UNITS",
  page: "How many units",
};

const fr: PowerWords = {
  head: (experiment, units, unit, power) =>
    `${experiment} : ${units} unités (${unit}) pour déployer avec une probabilité d’au moins ${power}`,
  open: (experiment) =>
    `${experiment} : aucun gain d’objectif n’est supposé ; donnez-le par --lift CLÉ=VALEUR`,
  daysAt: (days, daily) => `${days} jours à ${daily} unités par jour`,
  tests: ["erreur unilatérale", "il faut au témoin", "réussit"],
  goal: (lift) => `objectif, ${lift}`,
  guardrail: (margin) => `garde-fou, à ${margin} près`,
  believes: (loss, mean, deviation) =>
    `On choisit un côté quand il fait perdre moins de ${loss} en moyenne ; avant les données, on croit à des effets relatifs de ${mean}, à ${deviation} près.`,
  outcome: (where, ship, stop, units) =>
    `${{ supposed: "comme supposé", none: "si rien ne bouge", drawn: "si les effets sont ce que l’on croit avant les données (assurance)" }[where]} : déploie dans ${ship}, arrête dans ${stop} des cas, après ${units} unités en moyenne`,
  tried: (runs, error) =>
    `${runs} tests simulés, métriques indépendantes ; parts à ${error} près (une erreur type).`,
  unreachable: (experiment, power) =>
    `${experiment} : aucun nombre d’unités ne déploie ce qui est supposé avec une probabilité de ${power} : le gain est trop petit à côté de la perte du plan, ou autre chose est arrêté trop souvent par hasard`,
  used: (supposed, none) =>
    `Il s’achève après ${supposed} unités en moyenne si tout est comme supposé, après ${none} si rien ne change.`,
  decides: (key) => `${key} décide : son test demande le plus d’unités.`,
  rule: (tests, margins) =>
    `Pour déployer, un objectif doit se révéler meilleur (corrigé sur ${tests} ${tests === 1 ? "test" : "tests"})${margins ? ", et chaque garde-fou rester dans sa marge (sans correction, puisque tous le doivent)" : ""}.`,
  failing: (tests, beta, harm) =>
    `${tests === 1 ? "Il peut échouer" : `Chacun des ${tests} peut échouer`} avec une probabilité de ${beta}${harm === undefined ? "" : ` ; ${harm} sont gardés pour un tort annoncé par hasard`}.`,
  plan: ({ rule, looks, futility }) =>
    ({
      "one-look": "un regard",
      "alpha-spending": `${looks} regards, dépense d’alpha${futility ? `, ${futility === "binding" ? "futilité obligatoire" : "futilité"}` : ""}`,
      "equal-shares": `${looks} regards, parts égales`,
      "always-valid": "à tout moment, toujours valide",
      bayes:
        looks === undefined
          ? "perte attendue"
          : `${looks} ${looks === 1 ? "regard" : "regards"}, perte attendue`,
    })[rule],
  own: "le plan du fichier",
  table: (goal) => `UNITÉS SELON L’EFFET SUR ${goal}`,
  units: "unités",
  days: "jours",
  average: "en moyenne",
  curve: (goal, lift) => `PROBABILITÉ DE DÉPLOYER ${lift} SUR ${goal}`,
  reverse: (days, units) => `CE QUE ${days} JOURS PEUVENT MONTRER (${units} unités)`,
  none: "rien",
  blocked: (guardrail) =>
    `Si peu d’unités ne montrent pas que ${guardrail} reste dans sa marge, quel que soit le gain d’un objectif.`,
  worth: (days) => `Cela vaut la peine : il faut ${days} jours.`,
  notWorth: (days, most, savings) =>
    `Ne vaut pas la peine tel quel : il faut ${days} jours, et au-delà de ${most} un test reste rarement le même jusqu’au bout. Essayez un changement plus franc${savings ? ", ou économisez des unités comme ci-dessous" : ""}.`,
  measured: (units, days) =>
    `mesuré sur ${units} unités du passé${days === undefined ? "" : `, en ${days} jours`}`,
  metric: (key, value, deviation) => `${key} : ${value}, écart type ${deviation}`,
  traffic: (daily, from, to) => `${daily} unités par jour du ${from} au ${to}`,
  clusters: (count, size) => `On tire au sort des grappes entières : ${count} de ${size} unités en moyenne.`,
  alike: (key, correlation, times) =>
    `${key} : corrélation ${correlation} au sein d’une grappe, ce qui demande ${times} fois les unités.`,
  fewClusters:
    "Avec si peu de grappes, un test par grappes trouve un peu moins que ce qui est dit ici : prévoyez-en quelques-unes de plus.",
  weekdays: ["lun.", "mar.", "mer.", "jeu.", "ven.", "sam.", "dim."],
  weeks: "comptez en semaines entières, pour que chaque jour pèse autant",
  covariates: (key, explained, saved) =>
    `${key} : ses covariables expliquent ${explained} de la variance ; sans elles, il faudrait ${saved} d’unités en plus.`,
  cap: (key, cap, saved) =>
    `${key} : un plafond de ${cap} (\`cap\`) économise ${saved} des unités, pour le même effet relatif.`,
  better: (key, other, times) =>
    `${other} demande ${times} des unités que demande ${key} pour le même effet relatif.`,
  savings: "CE QUI ÉCONOMISE DES UNITÉS",
  page: "Combien d’unités",
};

const words: Readonly<Record<string, PowerWords>> = { en, fr };

/** @returns the words of a language; English where it has none */
export const powerWords = (language: string): PowerWords => words[language] ?? en;
