import type { LanguageWords } from "../language.js";
import { standingOf } from "../standing.js";
import { french } from "./typography.js";

const metrics = (evidence: readonly { readonly metric: string }[]) =>
  evidence.map(({ metric }) => metric).join(", ");

/** What to do next after each rule, in French. */
export const next: LanguageWords["next"] = {
  propensities: () => "Cherchez ce qui se perd entre la décision et le journal, puis refaites l’analyse.",
  srm: () => "Cherchez quelles unités manquent ou sont comptées deux fois, puis relancez le test.",
  bandit: () =>
    french`Laissez-le tourner : il continue d’apprendre et déplace le trafic selon ce qu’il apprend.`,
  adaptive: () =>
    french`Donnez le journal des décisions à l’analyse : elle estime ce que la politique a rapporté.`,
  no_goal: () => "Donnez le rôle d’objectif à l’indicateur qui décide.",
  reversed: () =>
    french`Cherchez pourquoi les variantes n’ont pas rencontré les mêmes publics ; n’agissez pas sur le total.`,
  one_unit: () => "Vérifiez que cette unité est un client, et décidez d’après les autres chiffres.",
  few_units: () =>
    french`Vérifiez si ces unités sont des clients ou des machines ; écartez les machines, puis analysez à nouveau.`,
  guardrail_harmed: ({ verdict }) => {
    const { lost, tolerated } = standingOf(verdict ?? { evidence: [] });
    return french`Ne déployez pas en l’état. Changez ce qui dégrade ${metrics([...lost, ...tolerated])}, puis testez à nouveau.`;
  },
  goals_conflict: () =>
    french`Décidez quel objectif compte le plus avant le prochain test ; ne déployez pas en l’état.`,
  goal_worse: ({ control }) => french`Gardez ${control}.`,
  no_estimate: () =>
    "Vérifiez que les événements de l’objectif arrivent dans les données pour les deux variantes.",
  no_effect_left: ({ control }) => french`Terminez le test. Gardez ${control}, ou choisissez selon le coût.`,
  futile: ({ verdict, control }) =>
    french`Terminez le test de ${verdict?.variant ?? "cette variante"} et gardez ${control} ; testez un changement plus franc.`,
  one_look_ships: () =>
    french`Si c’est l’unique lecture prévue, dites-le (\`looks: 1\` dans le plan) et déployez ; sinon, continuez le test.`,
  one_look_stops: ({ control }) =>
    french`Si c’est l’unique lecture prévue, dites-le (\`looks: 1\` dans le plan) et gardez ${control} ; sinon, continuez le test.`,
  not_shown_yet: ({ anyLook }) =>
    anyLook
      ? french`Laissez courir le test, et regardez à nouveau quand vous voulez.`
      : french`Laissez le test aller à sa fin prévue ; ne décidez pas avant.`,
  guardrail_without_estimate: () => "Continuez le test jusqu’à ce que le garde-fou puisse être estimé.",
  guardrail_open: ({ verdict }) => {
    const { open } = standingOf(verdict ?? { evidence: [] });
    return open.length > 0
      ? french`Continuez le test jusqu’à ce qu’il soit établi que ${metrics(open)} ${open.length > 1 ? "restent" : "reste"} dans ${open.length > 1 ? "leur" : "sa"} marge.`
      : "Continuez le test jusqu’à ce qu’il soit établi que chaque garde-fou reste dans sa marge.";
  },
  goal_better({ verdict, control }) {
    const { unbounded, tolerated } = standingOf(verdict ?? { evidence: [] });
    const watched = metrics([...tolerated, ...unbounded]);
    const watch = watched ? french` Surveillez ${watched} pendant ce temps.` : "";
    return french`Déployez.${watch} Une petite part gardée sur ${control} dira si le gain dure.`;
  },
};
