import { html, nothing } from "lit";
import { capacity, day, has, money, moment, t, tranche, word } from "../lib/words.js";
import { shape } from "./marks.js";

/** @typedef {{position: string, at: string, type: string, mandate?: string, cause?: string, facts?: any}} Entry */

/** Names by id, and of cities and funders by scope.
 * @typedef {{milestones: Map<string, string>, cities: Map<string, string>, scopes: Map<string, string>}} Names */

/** The name of an event in the texts. @param {string} type */
const name = type => type.replace(/^koinon\./, "").replace(/\.v\d+$/, "");

/** What happened, in a few words. @param {Entry} it @param {Map<string, string>} [milestones] titles by id @param {Map<string, string>} [cities] names by id */
export function happened(it, milestones = new Map(), cities = new Map()) {
  const facts = it.facts ?? {};
  const key = `event.${name(it.type)}`;
  if (!has(key)) return name(it.type).split(".").at(-1)?.replaceAll("-", " ");
  return t(key, {
    amount: facts.amount ? money(facts.amount) : "",
    tranche: facts.tranche ? tranche(facts.tranche) : "",
    milestone: milestones.has(facts.milestone) ? t("event.milestone", { title: milestones.get(facts.milestone) ?? "" }) : t("event.a-milestone"),
    city: facts.city ? cities.get(facts.city) ?? facts.city : "",
    due: facts.due ? day(facts.due) : "",
    decision: facts.decision ? word("state", facts.decision) : "",
  });
}

/** Who did what. Some texts are sentences that name nobody: what happened follows from something else.
 * @param {Entry} it @param {Names} names */
export function did(it, names) {
  const what = happened(it, names.milestones, names.cities) ?? "";
  return startsSentence(what) ? what : html`<strong>${actor(it.mandate, names.scopes)}</strong> ${what}`;
}

/** @param {string} text */
const startsSentence = text => /^[^\p{Ll}]/u.test(text);

/** Who did it, as a group: names of persons are never in an event. @param {string | undefined} mandate `role@scope`
 * @param {Map<string, string>} names of cities and funders, by scope */
export const actor = (mandate, names) => mandate ? capacity(mandate, names) : t("actor.by-itself");

/** Shape and tone of an event. @param {string} type @returns {[import("./marks.js").Shape, string]} */
function drawing(type) {
  if (/verified|paid|completed|approved|in-force/.test(type)) return ["ok", "ok"];
  if (/failed|bounced|refused|returned|declined|ineligible|not-approved|unfounded|withdrawn/.test(type)) return ["cross", "late"];
  if (/suspended|terminated|withheld/.test(type)) return ["risk", "risk"];
  if (/reported|submitted|requested|sent|authorised/.test(type)) return ["half", "soon"];
  return ["planned", "calm"];
}

/** Events, newest first, with who did it and why.
 * @param {Entry[]} entries @param {Names} names */
export function history(entries, names) {
  return html`<ol class="history">${entries.map(it => {
    const [kind, tone] = drawing(it.type);
    const said = it.facts?.reason ?? it.facts?.text;
    const redacted = said === "[redacted]";
    return html`<li class=${tone}>${shape(kind)}<div><div>${did(it, names)}
      <time class="small muted keep" datetime=${it.at} title=${moment(it.at)}>${day(it.at)}</time></div>${redacted ? html`<div class="small muted">${t("redacted")}</div>` : said ? html`<q>${said}</q>` : nothing}</div></li>`;
  })}</ol>`;
}

/** The names that the history of a project needs. @param {any} status */
export function namesOf(status) {
  const cities = new Map((status.partners ?? []).map((/** @type {any} */ it) => [it.city.id, it.city.name ?? it.city.id]));
  const scopes = new Map([...cities].map(([id, city]) => [`city/${id}`, city]));
  for (const it of status.grants ?? []) if (it.fund.funder) scopes.set(`funder/${it.fund.funder}`, it.fund.funderName ?? it.fund.funder);
  for (const it of status.funders ?? []) scopes.set(`funder/${it.id}`, it.name ?? it.id);
  return { cities, scopes, milestones: new Map((status.milestones ?? []).map((/** @type {any} */ it) => [it.id, it.title])) };
}
