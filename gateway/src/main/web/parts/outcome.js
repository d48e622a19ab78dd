import { html, nothing } from "lit";
import { cityName, t } from "../lib/words.js";
import { sums } from "./money.js";
import { projectTable } from "./project-table.js";
import { empty } from "./states.js";

/** What came of a gathering: ideas, projects and their money. @param {any} it as `/status/gatherings/{id}` answers
 * @param {(idea: any) => unknown} [more] what else is shown of an idea */
export function outcome(it, more = () => nothing) {
  const titles = new Map(it.projects.map((/** @type {any} */ one) => [one.id, one.title]));
  return html`<h3>${t("gatherings.ideas")}</h3>
    ${it.ideas.length ? html`<ul class="plain">${it.ideas.map((/** @type {any} */ idea) => html`<li id=${`idea-${idea.id}`}>
      <span class="row apart"><strong>${idea.title}</strong>${idea.takenUp.length ? html`<span class="mark ok">${t("gatherings.taken-up")}</span>` : idea.state === "DROPPED" ? html`<span class="mark calm">${t("gatherings.dropped")}</span>` : nothing}</span>
      <span class="small muted"><a href="/cities/${idea.city.id}">${cityName(idea.city)}</a>${idea.session ? ` · ${t("gatherings.in-session", { session: idea.session })}` : ""}</span>
      ${idea.takenUp.length ? html`<span class="small">→ ${idea.takenUp.map((/** @type {string} */ id, /** @type {number} */ i) => html`${i ? ", " : ""}<a href="/projects/${id}">${titles.get(id) ?? id}</a>`)}</span>` : nothing}
      ${more(idea)}</li>`)}</ul>` : empty(t("gatherings.no-ideas"))}
    <h3>${t("gatherings.projects")}</h3>
    ${it.projects.length ? projectTable(it.projects) : empty(t("gatherings.no-projects"))}
    ${it.money.length ? html`<h3>${t("gatherings.money")}</h3>${it.money.map((/** @type {any} */ one) => html`<div>${it.money.length > 1 ? html`<h4>${one.currency}</h4>` : nothing}${sums(one)}</div>`)}` : nothing}`;
}
