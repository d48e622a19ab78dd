import { html } from "lit";
import { day, speech, t, word } from "../lib/words.js";

/** The days of a gathering as people write them. @param {{first: string, last: string}} it */
export function days(it) {
  if (it.first === it.last) return day(it.first);
  return new Intl.DateTimeFormat(speech.locale, { dateStyle: "medium", timeZone: "UTC" }).formatRange(new Date(it.first), new Date(it.last));
}

/** The moment after the last day, in milliseconds; a few hours off where the page does not know the zone's clock.
 * @param {any} it a gathering */
const over = it => it.end ? Date.parse(it.end) < Date.now() : Date.parse(it.days.last) + 129_600_000 < Date.now();

/** The state of a gathering as a word; who did not say that it was held is named. @param {any} it */
export function gatheringState(it) {
  if (it.state === "ANNOUNCED" && over(it)) return html`<span class="mark soon">${t("gatherings.to-be-confirmed")}</span>`;
  return html`<span class="mark ${it.state === "HELD" ? "ok" : "calm"}">${word("gathering-state", it.state)}</span>`;
}

/** Gatherings as a table. @param {any[]} items */
export function gatheringTable(items) {
  return html`<div class="table-wrap"><table class="table"><thead><tr><th scope="col">${t("gatherings.gathering")}</th><th scope="col">${t("gatherings.state")}</th><th scope="col">${t("gatherings.days")}</th><th scope="col">${t("gatherings.host")}</th></tr></thead>
    <tbody>${items.map(it => html`<tr><th scope="row"><a href="/gatherings/${it.id}" lang=${it.title.language}>${it.title.text}</a><br><span class="small muted">${word("gathering-kind", it.kind)}${it.theme ? ` · ${it.theme}` : ""}</span></th>
      <td>${gatheringState(it)}</td><td data-label=${t("gatherings.days")}><span class="keep">${days(it.days)}</span></td><td data-label=${t("gatherings.host")}><a href="/cities/${it.city}">${it.cityName}</a></td></tr>`)}</tbody></table></div>`;
}
