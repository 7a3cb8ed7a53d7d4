import type { Sentences } from "../parameters.js";
import { choice, short } from "./phrases.js";

export const unknown_part: Sentences = (told) => [
  "n’est pas parmi les pièces données",
  choice(told, "corrigez son nom, ou donnez aussi sa fabrique"),
];
export const not_a_part: Sentences = [
  "n’est pas une pièce du genre attendu ici",
  "donnez ce qu’une fabrique rend : bernoulli(), et non bernoulli",
];
export const not_a_bandit: Sentences = [
  "n’est pas un bandit vivant",
  "donnez ce que createBandit ou restoreBandit a rendu",
];
export const unknown_action: Sentences = (told) => [
  "n’est pas une action de ce bandit",
  choice(told, "donnez la clé d’un de ses bras, ou l’action d’une décision"),
];
export const needs_gates: Sentences = ["sont nécessaires pour cela", "passez gatesOf(definition)"];
export const other_definition: Sentences = ({ other = "offers 1" }) => [
  `sont les portes d’une autre définition que celle du bandit, ${other}`,
  "faites les deux d’une même définition, ou portez-y le bandit avec migrateBandit",
];
export const not_decided: Sentences = ["n’est pas ce que ce bandit a décidé", "passez ses propres décisions"];
export const no_eligible_action: Sentences = [
  "ne laisse aucune action à choisir",
  "gardez au moins un bras actif éligible, ou servez le témoin sans demander au bandit",
];
export const constraints_clash: Sentences = ({
  expected: { atMost = 0.2 } = {},
  other = 0.3,
  known = ["caps", "floor"],
}) => [
  `ne peuvent pas tenir toutes ensemble (${known.join(", ")}) : elles exigent au moins ${short(other)} du trafic et en permettent au plus ${short(atMost)}`,
  "desserrez l’une d’elles, ou changez les actions éligibles",
];
export const reward_unsupported: Sentences = [
  "n’est pas une récompense que le modèle peut apprendre",
  "donnez une récompense finie que le modèle admet, ou choisissez un autre modèle",
];
export const taken_key: Sentences = [
  "est la clé d’un bras que ce bandit a ou a eu",
  "choisissez une clé qui n’a jamais servi, pour que les anciennes décisions gardent leur sens",
];
export const taken_action: Sentences = ({ other = "b" }) => [
  `est déjà ce que joue le bras ${JSON.stringify(other)}`,
  "donnez au bras un niveau qu’il ne partage pas avec celui-là, ou reprenez celui-là",
];
export const removed_arm: Sentences = [
  "est la clé d’un bras retiré pour de bon",
  "ajoutez un bras sous une nouvelle clé",
];
export const unread_columns: Sentences = (told) => [
  "sont des colonnes que ce modèle ne lit pas",
  choice(told, "choisissez un modèle qui les lit"),
];
export const unknown_decision: Sentences = ({ expected: { atMost = 100_000 } = {} }) => [
  `n’est pas l’identifiant d’une décision que le registre connaît, et ${atMost} récompenses attendent déjà la leur`,
  "enregistrez d’abord les décisions, effacez ce qui est réglé depuis longtemps, ou augmentez `mostEarly`",
];
export const rewards_overflow: Sentences = [
  "et les autres récompenses de cette sorte pour la décision font plus que ce qui peut être additionné",
  "vérifiez l’unité de la valeur, ou combinez cette sorte par `max` ou `last`",
];
export const async_learner: Sentences = [
  "doit avoir appris quand il rend la main : on ne sait pas encore si une promesse sera tenue",
  "apprenez tout de suite, p. ex. par update, et enregistrez ce que settle renvoie",
];
export const other_ledger: Sentences = ({ other = 48 }) => [
  `n’est pas ce avec quoi ce registre a été tenu, ${JSON.stringify(other)}`,
  "ouvrez-le avec sa fenêtre, ses sortes ou ses partitions, ou commencez-en un autre ailleurs",
];
export const ledger_closed: Sentences = ["est fermé", "ouvrez de nouveau son dossier"];
export const ledger_busy: Sentences = [
  "est en train de régler : ce qui arrive maintenant serait perdu",
  "enregistrez décisions et récompenses, et réglez de nouveau, une fois que settle est terminé",
];
export const unknown_reward_kind: Sentences = (told) => [
  "n’est pas une sorte de récompense que ce registre recueille",
  choice(told, "nommez-la parmi les `kinds` du registre"),
];
export const conflicting_decision: Sentences = [
  "est déjà enregistrée avec une autre action",
  "gardez la première décision et donnez-la à decideOnce, ou donnez à chaque décision son occasion",
];
export const no_quick_draw: Sentences = [
  "ne permet pas de décider par un seul tirage",
  "prenez decide, qui marche avec chaque politique et chaque contrainte",
];
export const no_evidence_rule: Sentences = ["n’a pas de borne à son erreur", "prenez la règle `posterior`"];
export const no_robust_model: Sentences = (told) => [
  "est un modèle de récompense dont aucun modèle robuste ne doute",
  choice(told, "retirez `vague` : tout l’historique compte alors"),
];
export const stale_state: Sentences = [
  "est l’empreinte d’un autre état que celui donné",
  "donnez l’état avec lequel la décision a été prise",
];
export const bandits_differ: Sentences = [
  "appartient à un autre bandit",
  "ne réunissez que les états d’une même expérience, aux mêmes bras dans le même ordre",
];
export const shared_history: Sentences = ({ known = ["east"] }) => [
  known.join() === ""
    ? "a appris sans nom, comme l’autre état : les deux tiennent peut-être les mêmes récompenses"
    : `tient ce que l’autre tient aussi, de ${known.map((name) => JSON.stringify(name)).join(", ")}`,
  "donnez à chaque processus un nom (withSource), et transmettez des deltas (takeDelta)",
];
export const taken_source: Sentences = [
  "est un nom sous lequel cet état a déjà appris",
  "prenez un nom qui n’a jamais servi, ou repartez de l’état qui le porte",
];
export const no_source: Sentences = [
  "apprend sans nom",
  "donnez-lui un nom par withSource avant qu’il n’apprenne",
];
export const missing_delta: Sentences = ({ other = "east", expected: { atMost = 1 } = {} }) => [
  `vient avant son tour : le prochain de ${JSON.stringify(other)} est ${atMost}`,
  "fusionnez les deltas d’une source dans leur ordre, et celui-ci de nouveau après ceux qui manquent",
];
export const conflicting_delta: Sentences = ({ other = "east" }) => [
  `a déjà été fusionné avec d’autres sommes, de ${JSON.stringify(other)}`,
  "donnez un nouveau nom au processus qui recommence, ou repartez de son dernier état enregistré",
];
export const other_model: Sentences = ({ other = "bernoulli" }) => [
  `additionne d’autres nombres que le modèle ${JSON.stringify(other)} qui les a appris`,
  "gardez le modèle et ses variables, ou commencez un nouveau bandit",
];
export const needs_migration: Sentences = [
  "n’est pas ce avec quoi l’état a été fait",
  "restaurez l’état seul, et donnez les deux à migrateBandit",
];
export const other_occasion: Sentences = ({ other = "x:2:u1:monday" }) => [
  `est la décision d’une autre occasion que ${JSON.stringify(other)}`,
  "cherchez les décisions par decisionIdOf(state, request)",
];
export const no_arrivals: Sentences = [
  "vaut 0 partout : aucune unité ne viendrait jamais",
  "donnez une valeur positive à l’un de ces poids au moins",
];
export const store_unavailable: Sentences = [
  "n’a pas fait ce qui lui était demandé",
  "vérifiez qu’il tourne et qu’il est accessible ; ce qui est appris entre-temps attend, et sera fusionné dès qu’il répond",
];
export const store_fell_back: Sentences = ({ other = "east", received, expected: { length = 1 } = {} }) => [
  `est revenu sans ${length} enregistrements de ${JSON.stringify(other)} qu’il avait confirmés, dont ${received ?? 0} sont redonnés`,
  "faites-lui conserver davantage, par persistance ou sauvegardes plus récentes : les autres ne sont plus détenus ici",
];
export const stale_configuration: Sentences = ({ other = 2 }) => [
  `n’est pas la version de la configuration en vigueur, qui est ${other}`,
  "relisez la configuration, et modifiez celle-là",
];
export const arms_ahead: Sentences = (told) => [
  `est un bras du bandit partagé que ce processus ne connaît pas${told.known ? ` : il connaît ${told.known.join(", ")}` : ""}`,
  "démarrez-le avec la nouvelle définition ; d’ici là, il décide d’après ce qu’il a lu et garde ce qu’il apprend",
];
export const ledger_full: Sentences = ({ expected: { atMost = 1_000_000 } = {} }) => [
  `n’a plus de place : ${atMost} décisions et récompenses attendent déjà le magasin`,
  "veillez à ce qu’il réponde, ou augmentez `mostWaiting` ; livrez de nouveau plus tard ce qui a été refusé",
];
export const share_closed: Sentences = [
  "est fermé",
  "partagez de nouveau le bandit pour continuer d’apprendre",
];
