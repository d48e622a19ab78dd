import { html, nothing } from "lit";
import { day, list, moment, number, t, word } from "../lib/words.js";

/** A local time of a gathering: "14:00 to 15:30" on its day. @param {any} it a session or a site visit */
function time(it) {
  if (!it.start) return nothing;
  const clock = (/** @type {string} */ local) => local.slice(11, 16);
  return html`<span class="small muted">${day(it.start.slice(0, 10))}, ${clock(it.start)}${it.end ? `–${clock(it.end)}` : ""}</span>`;
}

/** Sessions and site visits. @param {any} it a gathering */
export function programme(it) {
  return html`${it.topics ? html`<p>${it.topics}</p>` : nothing}
    ${it.sessions.length ? html`<h3>${t("gatherings.sessions")}</h3><ul class="plain">${it.sessions.map((/** @type {any} */ one) => html`<li><strong>${one.title}</strong>${one.topic ? html`<span>${one.topic}</span>` : nothing}${time(one)}</li>`)}</ul>` : nothing}
    ${it.visits.length ? html`<h3>${t("gatherings.visits")}</h3><ul class="plain">${it.visits.map((/** @type {any} */ one) => html`<li><strong>${one.places}</strong>${one.seen ? html`<span>${one.seen}</span>` : nothing}${time(one)}</li>`)}</ul>` : nothing}`;
}

/** The categories of delegates, by their names in the API. */
export const CATEGORIES = /** @type {const} */ ([["researchers", "researchers"], ["authorities", "authorities"], ["internationalOrganisations", "international-organisations"], ["businesses", "businesses"], ["communities", "communities"], ["individuals", "individuals"]]);

/** @param {any} headcount */
const total = headcount => CATEGORIES.reduce((sum, [name]) => sum + (headcount?.[name] ?? 0), 0);

/** The delegations: the sums for everybody, each of them for members. @param {any} it a gathering */
export function delegations(it) {
  const { sums } = it;
  if (!sums.delegations) return nothing;
  const rows = CATEGORIES.filter(([name]) => sums.registered[name] || sums.attended?.[name]);
  return html`<section class="card"><h2>${t("gatherings.delegations", { n: sums.delegations })}</h2>
    <dl class="facts"><dt>${t("gatherings.registered")}</dt><dd>${number(total(sums.registered))}</dd>${sums.attended ? html`<dt>${t("gatherings.attended")}</dt><dd>${number(total(sums.attended))}</dd>` : nothing}
      ${rows.map(([name, category]) => html`<dt class="small">${word("category", category)}</dt><dd class="small">${number(sums.registered[name])}</dd>`)}</dl>
    ${it.delegations ? html`<ul class="plain small">${it.delegations.map((/** @type {any} */ one) => html`<li><span class="row apart"><a href="/cities/${one.city}">${one.cityName}</a><span>${number(total(one.registered))}</span></span></li>`)}</ul>` : nothing}</section>`;
}

/** Where a fact comes from. @param {any} source */
const source = source => html`${source.link ? html`<a href=${source.link} rel="noopener">${source.text}</a>` : source.text}${source.date ? html` <span class="keep">(${day(source.date)})</span>` : nothing}`;

/** Who came as it was reported, with the report. @param {any} it a gathering */
export function attendance(it) {
  return it.attendance.length ? html`<section class="card"><h2>${t("gatherings.attendance")}</h2><ul class="plain">${it.attendance.map((/** @type {any} */ one) => html`<li><span><strong>${one.figure}</strong> ${one.whom}</span>${one.origin ? html`<span class="small muted">${one.origin}</span>` : nothing}${one.source ? html`<span class="small muted">${source(one.source)}</span>` : nothing}</li>`)}</ul></section>` : nothing;
}

/** Organisers, participants, registration, documents and sources. @param {any} it a gathering */
export function facts(it) {
  const registers = it.state === "ANNOUNCED" && Date.parse(it.registrationEnd) > Date.now();
  const isKnown = it.venue || it.organisers.length || it.participants.length || it.otherNames.length || registers;
  return html`${isKnown ? html`<section class="card"><h2>${t("gatherings.facts")}</h2><dl class="facts tall">
      ${it.venue ? html`<dt>${t("gatherings.venue")}</dt><dd>${it.venue}</dd>` : nothing}
      ${["organiser", "host", "in-collaboration-with"].map(role => {
        const those = it.organisers.filter((/** @type {any} */ one) => one.role === role);
        return those.length ? html`<dt>${word("organiser-role", role)}</dt><dd>${those.map((/** @type {any} */ one) => html`<div>${one.name}</div>`)}</dd>` : nothing;
      })}
      ${it.participants.length ? html`<dt>${t("gatherings.participants")}</dt><dd>${list(it.participants.map((/** @type {string} */ one) => word("category", one)))}</dd>` : nothing}
      ${it.otherNames.length ? html`<dt>${t("gatherings.other-names")}</dt><dd>${it.otherNames.map((/** @type {any} */ one) => html`<div lang=${one.language}>${one.text}</div>`)}</dd>` : nothing}
      ${registers ? html`<dt>${t("gatherings.registration-until")}</dt><dd>${moment(it.registrationEnd, it.days.zone)} <span class="muted">(${it.days.zone.replaceAll("_", " ")})</span></dd>` : nothing}</dl></section>` : nothing}
    ${it.documents.length ? html`<section class="card"><h2>${t("gatherings.documents")}</h2><ul class="plain">${it.documents.map((/** @type {any} */ one) => html`<li><a href=${one.link} rel="noopener">${one.title}</a></li>`)}</ul></section>` : nothing}
    ${it.sources.length || it.inferred ? html`<section class="card"><h2>${t("gatherings.sources")}</h2>${it.inferred ? html`<p class="small"><span class="mark soon">${t("gatherings.inferred")}</span> ${it.inferred}</p>` : nothing}<ul class="plain small">${it.sources.map((/** @type {any} */ one) => html`<li>${source(one)}</li>`)}</ul></section>` : nothing}`;
}
