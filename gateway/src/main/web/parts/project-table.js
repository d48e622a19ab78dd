import { html, nothing } from "lit";
import { away, cityName, country, lastDay, t } from "../lib/words.js";
import { health, phase } from "./marks.js";
import { paidOfCommitted } from "./money.js";

/** Projects as a table; rows of label and value where it is narrow.
 * @param {any[]} items @param {{sort?: string, link?: (sort: string) => string, changed?: Set<string>, isOfOneCall?: boolean}} [of] */
export function projectTable(items, of = {}) {
  const head = (/** @type {string} */ key, /** @type {string} */ sort, numeric = false) => {
    const sorted = sort && of.sort === sort;
    return html`<th scope="col" class=${numeric ? "num" : ""} aria-sort=${sorted ? (sort === "updated" ? "descending" : "ascending") : nothing}>
      ${sort && of.link && !sorted ? html`<a href=${of.link(sort)}>${t(key)}</a>` : html`${t(key)}${sorted ? html` <span aria-hidden="true">${sort === "updated" ? "↓" : "↑"}</span>` : nothing}`}</th>`;
  };
  return html`<div class="table-wrap"><table class="table">
    <thead><tr>${head("table.title", "title")}${head("table.phase", "")}${head("table.health", "health")}${head("table.deadline", "deadline")}${head("table.paid", "", true)}</tr></thead>
    <tbody>${items.map(it => html`<tr class=${of.changed?.has(it.id) ? "changed" : ""}>
      <th scope="row"><a href="/projects/${it.id}">${it.title}</a><br><span class="small muted">${lead(it)}${it.call?.title && !of.isOfOneCall ? ` · ${it.call.title}` : nothing}</span></th>
      <td>${phase(it.phase)}</td><td>${health(it.health)}</td>
      <td data-label=${t("table.deadline")}>${it.nextDeadline
        ? html`<span><span class="keep">${lastDay(it.nextDeadline)}</span><br><span class="small muted">${away(it.nextDeadline.at)}</span></span>` : "–"}</td>
      <td class="num" data-label=${t("table.paid")}>${paidOfCommitted(it.money ?? [])}</td></tr>`)}</tbody></table></div>`;
}

/** The lead city and how many others. @param {any} it */
function lead(it) {
  const others = (it.partners?.length ?? 1) - 1;
  const name = cityName(it.lead);
  const place = it.lead.country ? `${name}, ${country(it.lead.country)}` : name;
  return others > 0 ? t("table.lead-and", { lead: place, n: others }) : place;
}
