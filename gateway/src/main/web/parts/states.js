import { html, nothing } from "lit";
import { clock, t } from "../lib/words.js";

/** @typedef {import("../lib/resource.js").Resource} Resource */

/** What is read, or why it is not there yet: nothing at once, a skeleton soon, a word when it is slow, and the
 * reason when it failed. What was known before stays.
 * @param {Resource} it @param {(data: any) => unknown} show */
export function shown(it, show) {
  const { problem } = it;
  if (it.data === undefined && problem) return failed(it);
  return html`
    ${problem ? html`<p class="problem small" role="status">${reason(problem)} ${problem.problem.status === 401 ? html`<a href=${loginAddress()}>${t("login")}</a>` : nothing} ${it.at ? t("state.figures-of", { time: clock(it.at) }) : nothing}</p>` : nothing}
    ${it.slow && !problem ? html`<p class="small muted" role="status">${t("state.slow")}</p>` : nothing}
    ${it.data === undefined ? skeleton(it.waits) : show(it.data)}`;
}

/** @param {boolean} visible */
export const skeleton = visible => html`<div class="skeleton" aria-busy="true">${visible
  ? html`<i></i><i></i><i></i><span class="visually-hidden" role="status">${t("state.loading")}</span>` : nothing}</div>`;

/** @param {Resource} it */
function failed(it) {
  const problem = /** @type {import("../lib/api.js").ApiProblem} */ (it.problem);
  return html`<div class="problem stack" role="alert"><p>${reason(problem)}</p>
    <p>${[401, 404].includes(problem.problem.status)
      ? html`<a class="button" href=${loginAddress()}>${t("login")}</a>`
      : html`<button class="button" @click=${() => it.refresh()}>${t("state.try-again")}</button>`}</p></div>`;
}

/** Where somebody logs in and comes back to this page. */
export const loginAddress = () => `/login?then=${encodeURIComponent(location.pathname + location.search)}`;

/** Says that a command was done. Where its form is gone, the focus goes to the heading of the page. */
export function settled() {
  dispatchEvent(new CustomEvent("koinon-message", { detail: t("form.done") }));
  if (document.activeElement !== document.body) return;
  const heading = /** @type {HTMLElement | null} */ (document.querySelector("main h1"));
  heading?.setAttribute("tabindex", "-1");
  heading?.focus({ preventScroll: true });
}

/** @param {import("../lib/api.js").ApiProblem} it */
export function reason(it) {
  const { status } = it.problem;
  if (status === 401) return t("state.log-in");
  if (status === 0) return t("state.no-connection");
  if (status === 404) return t("state.not-found");
  if (status === 503) return t("state.away");
  if (status === 429) return t("state.too-many");
  if (status === 400) return t("state.not-understood");
  return t("state.failed", { status });
}

/** Nothing is there: what would be, and what to do. @param {string} text @param {unknown} [then] */
export const empty = (text, then) => html`<p class="muted">${text} ${then ?? nothing}</p>`;
