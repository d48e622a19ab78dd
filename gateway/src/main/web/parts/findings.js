import { html, nothing } from "lit";
import { css } from "../lib/css.js";
import { ApiProblem } from "../lib/api.js";
import { country, sentence, t, word } from "../lib/words.js";
import { shape } from "./marks.js";
import { reason } from "./states.js";

/** A rule and whether it is met. @typedef {{rule: string, met: boolean, at?: string[], fact: any, remedy?: any}} Finding */

/** What is not met yet, each with a way to the field that meets it.
 * @param {import("../lib/trial.js").Trial} trial @param {Map<string, string>} names of cities by id, and of milestones
 * @param {(at: string) => {href: string, label: string, go: (event: Event) => void} | null} way to a place of the proposal */
export function findings(trial, names, way) {
  const all = trial.readiness?.findings ?? [];
  const unmet = all.filter(it => !it.met);
  const met = all.filter(it => it.met);
  return html`<details class="card findings no-print" ?open=${matchMedia("(min-width: 72rem)").matches}>
    <summary><h2>${all.length ? unmet.length ? t("findings.unmet", { n: unmet.length, all: all.length }) : t("findings.all-met", { n: all.length }) : t("findings.title")}</h2></summary>
    ${all.length ? html`<div class="rules-bar" aria-hidden="true">${all.map(it => html`<span class=${it.met ? "ok" : "late"} ${css({ "--share": `${100 / all.length}%` })}></span>`)}</div>` : nothing}
    ${trial.problem ? html`<p class="problem small" role="status">${refused(trial.problem)}</p>` : nothing}
    <div role="status" class="visually-hidden">${all.length ? unmet.length ? t("findings.unmet", { n: unmet.length, all: all.length }) : t("findings.all-met", { n: all.length }) : nothing}</div>
    ${unmet.length ? html`<ul class="stack">${unmet.map(it => finding(it, names, way))}</ul>` : nothing}
    ${met.length ? html`<details><summary>${t("findings.met", { n: met.length })}</summary><ul class="stack">${met.map(it => finding(it, names, way))}</ul></details>` : nothing}
    <p class="small muted">${t("findings.note")}</p></details>`;
}

/** @param {Finding} it @param {Map<string, string>} names @param {(at: string) => {href: string, label: string, go: (event: Event) => void} | null} way */
function finding(it, names, way) {
  const ways = it.met ? [] : (it.at ?? []).flatMap(at => way(at) ?? []);
  const links = ways.filter((one, i) => ways.findIndex(other => other.href === one.href && other.label === one.label) === i).slice(0, 4);
  return html`<li class="finding ${it.met ? "ok" : "late"}">${shape(it.met ? "ok" : "cross")}<div>${sentence(named(it.fact, names))} ${it.remedy ? html`<span class="muted">${sentence(named(it.remedy, names))}</span>` : nothing}
    ${links.map(one => html` <a class="keep" href=${one.href} @click=${one.go}>${one.label}</a>`)}</div></li>`;
}

/** The names that rules of a kind list, in the language of the page. @type {Record<string, ((it: string) => string) | undefined>} */
const LISTED = { countries: country, regions: it => word("region", it) };

/** A sentence whose values are ids, with the names that people know.
 * @param {any} it @param {Map<string, string>} names */
export function named(it, names) {
  /** @type {Record<string, string>} */
  const values = {};
  const listed = LISTED[it.key.split(".")[0]];
  for (const [name, value] of Object.entries(it.values ?? {}))
    values[name] = listed && name === "names" ? String(value).split(", ").map(listed).join(", ")
      : ["cities", "milestones", "names", "lead", "city"].includes(name) && typeof value === "string"
      ? value.split(", ").map(one => names.get(one.replace(/ \(.*/, "")) ?? one).join(", ") : value;
  return { ...it, values };
}

/** Why it is not judged now. @param {ApiProblem} it */
const refused = it => it.problem.status === 400 ? t("findings.not-judged") : reason(it);

/** The step and the field of the editor that a place of a proposal leads to.
 * @param {string} at as a finding names it @param {(id: string) => string} name of a city
 * @returns {{step: string, city: string, field: string, label: string} | null} */
export function fieldOf(at, name) {
  const [, of, a, b, c] = at.split("/");
  if (of === "summary") return { step: "about", city: "", field: `about-${a}`, label: t("findings.go-to-field") };
  if (of === "work-plan") return b ? { step: "plan", city: "", field: `plan-${c}-${b}`, label: t("findings.go-to-field") } : { step: "plan", city: "", field: "plan-add", label: t("findings.go-to-plan") };
  if (of !== "partners") return null;
  if (!a) return { step: "cities", city: "", field: "invite", label: t("findings.go-to-cities") };
  return b === "part" ? { step: "part", city: a, field: `part-${c ?? "grant"}`, label: t("findings.go-to-part", { city: name(a) }) }
    : { step: "cities", city: "", field: `city-${a}`, label: t("findings.go-to-city", { city: name(a) }) };
}

/** The names of the cities and the milestones of a proposal, by id. @param {any} it @param {(id: string) => string} name of a city */
export const namesIn = (it, name) => new Map([
  ...it.partners.map((/** @type {any} */ one) => [one.city, name(one.city)]),
  ...it.workPlan.milestones.map((/** @type {any} */ one) => [one.id, one.title]),
]);
