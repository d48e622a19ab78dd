import { html, nothing } from "lit";
import { address, go, query } from "../lib/router.js";
import { country, number, t, word } from "../lib/words.js";

/** @typedef {{value: string, label?: string, count: number}} Count */

/** The filters of a list of projects, in their order. */
const FILTERS = /** @type {const} */ (["phase", "health", "call", "field", "region", "funder", "sdg"]);

/** All that a list of projects is filtered by, in the order of the chips. */
const ALL = ["q", ...FILTERS, "group", "city", "country", "theme"];

/** The first filters are shown, the others on demand. */
const FIRST = 3;

const PATIENCE = 300;

/** A value of a filter as people read it. @param {string} filter @param {Count | {value: string, label?: string}} it */
function name(filter, it) {
  if (filter === "sdg") return `${it.value}. ${t(`sdg.${it.value}`)}`;
  if (filter === "country") return country(it.value);
  return it.label ?? word(filter, it.value);
}

let timer = 0;

/** A filter by the values that a list has. @param {string} filter @param {Count[]} [counts] */
export function choice(filter, counts = []) {
  const value = query().get(filter) ?? "";
  const missing = value && !counts.some(it => it.value === value);
  return html`<label>${t(`filter.${filter}`)}<select class="field" @change=${(/** @type {any} */ event) => go(address({ [filter]: event.target.value, after: "" }))}>
      <option value="">${t("filter.all")}</option>
      ${missing ? html`<option value=${value} selected>${name(filter, { value })} (0)</option>` : nothing}
      ${counts.map(it => html`<option value=${it.value} ?selected=${it.value === value}>${name(filter, it)} (${number(it.count)})</option>`)}</select></label>`;
}

/** A filter by a group of cities. @param {any[]} groups */
export function groupChoice(groups) {
  return groups.length ? html`<label>${t("filter.group")}<select class="field" @change=${(/** @type {any} */ event) => go(address({ group: event.target.value, after: "" }))}>
      <option value="">${t("filter.all")}</option>
      ${groups.map(it => html`<option value=${it.id} ?selected=${it.id === query().get("group")}>${it.name}</option>`)}</select></label>` : nothing;
}

/** Search and filters; the address is their state.
 * @param {Record<string, Count[]>} facets @param {any[]} [groups] of cities */
export function filters(facets, groups = []) {
  const chosen = query();
  const search = (/** @type {any} */ event) => {
    clearTimeout(timer);
    timer = setTimeout(() => go(address({ q: event.target.value.trim(), after: "" }), true), PATIENCE);
  };
  const more = FILTERS.slice(FIRST);
  return html`<form class="stack no-print" role="search" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
    <div class="filters"><label class="search">${t("filter.search")}<input class="field" type="search" name="q" autocomplete="off" .value=${chosen.get("q") ?? ""} @input=${search}></label>
      ${FILTERS.slice(0, FIRST).map(it => choice(it, facets[it]))}</div>
    <details ?open=${more.some(it => chosen.has(it)) || chosen.has("group")}><summary>${t("filter.more")}</summary><div class="filters">${more.map(it => choice(it, facets[it]))}${groupChoice(groups)}</div></details>
  </form>`;
}

/** What is chosen, each with a way to take it away.
 * @param {Record<string, Count[]>} facets @param {any[]} [groups] @param {readonly string[]} [names] of the filters */
export function chips(facets, groups = [], names = ALL) {
  const chosen = query();
  const all = names.filter(it => chosen.get(it));
  if (!all.length) return nothing;
  return html`<ul class="chips no-print" aria-label=${t("filter.chosen")}>${all.map(filter => {
    const value = chosen.get(filter) ?? "";
    const text = filter === "q" ? `“${value}”` : filter === "group" ? groups.find(it => it.id === value)?.name ?? value : name(filter, facets[filter]?.find(it => it.value === value) ?? { value });
    return html`<li><a class="chip" href=${address({ [filter]: "", after: "" })} aria-label=${t("filter.remove", { filter: text })}>${text} <span aria-hidden="true">×</span></a></li>`;
  })}<li><a class="chip" href=${location.pathname}>${t("filter.clear")}</a></li></ul>`;
}

/** The parameters of the API that the address names. @param {readonly string[]} [names] @returns {URLSearchParams} */
export function wanted(names = [...ALL, "sort"]) {
  const of = new URLSearchParams();
  for (const it of names) {
    const value = query().get(it)?.trim();
    if (value) of.set(it, value);
  }
  return of;
}
