import { html } from "lit";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { t } from "../lib/words.js";
import { deadline, instant, openness } from "../parts/call-facts.js";
import { empty, shown } from "../parts/states.js";

/** What is open, and what was. */
class Calls extends Page {
  constructor() {
    super();
    this.calls = new Resource(this, () => "/calls?limit=200");
  }

  heading() {
    return t("calls.title");
  }

  render() {
    return html`<h1>${t("calls.title")}</h1>${shown(this.calls, ({ items }) => {
      const open = items.filter((/** @type {any} */ it) => it.open).toSorted((/** @type {any} */ a, /** @type {any} */ b) => instant(a.closes) - instant(b.closes));
      const others = items.filter((/** @type {any} */ it) => !it.open && it.closes).toSorted((/** @type {any} */ a, /** @type {any} */ b) => instant(b.closes) - instant(a.closes));
      return html`<section class="card"><h2>${t("calls.open")}</h2>${open.length ? this.table(open) : empty(t("calls.none-open"))}</section>
        ${others.length ? html`<section class="card"><h2>${t("calls.others")}</h2>${this.table(others)}</section>` : ""}`;
    })}`;
  }

  /** @param {any[]} calls */
  table(calls) {
    return html`<div class="table-wrap"><table class="table"><thead><tr><th scope="col">${t("calls.call")}</th><th scope="col">${t("calls.state")}</th><th scope="col">${t("calls.deadline")}</th><th scope="col">${t("calls.currency")}</th></tr></thead>
      <tbody>${calls.map(it => html`<tr><th scope="row"><a href="/calls/${it.id}">${it.title}</a></th><td>${openness(it)}</td><td data-label=${t("calls.deadline")}><span>${deadline(it.closes)}</span></td><td data-label=${t("calls.currency")}>${it.currency}</td></tr>`)}</tbody></table></div>`;
  }
}

customElements.define("page-calls", Calls);
