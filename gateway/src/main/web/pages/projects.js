import { html, nothing } from "lit";
import { get } from "../lib/api.js";
import { Page } from "../lib/page.js";
import { Resource } from "../lib/resource.js";
import { address, go, query } from "../lib/router.js";
import { number, t } from "../lib/words.js";
import { chips, filters, wanted } from "../parts/filters.js";
import "../parts/freshness.js";
import { projectTable } from "../parts/project-table.js";
import { empty, shown } from "../parts/states.js";

const SORTS = /** @type {const} */ (["updated", "health", "deadline", "title"]);

/** Find a project. */
class Projects extends Page {
  /** @type {import("lit").PropertyDeclarations} */
  static properties = { more: { state: true }, next: { state: true }, news: { state: true }, fresh: { state: true } };

  constructor() {
    super();
    /** @type {any[]} */
    this.more = [];
    this.next = "";
    /** Projects that have changed and whose place in the list may be another now. @type {Set<string>} */
    this.news = new Set();
    /** Rows that have just changed. @type {Set<string>} */
    this.fresh = new Set();
    this.list = new Resource(this, () => `/status/projects?${wanted()}`);
    this.groups = new Resource(this, () => "/groups?limit=200");
    this.asked = "";
  }

  willUpdate() {
    if (this.asked === String(wanted())) return;
    this.asked = String(wanted());
    this.restarted();
  }

  restarted() {
    this.more = [];
    this.next = "";
    this.news = new Set();
  }

  firstUpdated() {
    if (location.hash !== "#search") return;
    history.replaceState(history.state, "", location.pathname + location.search);
    /** @type {HTMLElement} */ (this.querySelector("input[type=search]"))?.focus();
  }

  heading() {
    return t("projects.title");
  }

  /** Rows change where they stand; the order that somebody reads does not. @param {any[]} items */
  changed(items) {
    const rows = new Map(items.map(it => [it.id, it]));
    const renew = (/** @type {any[]} */ all) => all.map(it => rows.get(it.id) ?? it);
    const shownIds = new Set([...(this.list.data?.items ?? []), ...this.more].map(it => it.id));
    if (this.list.data) this.list.data = { ...this.list.data, items: renew(this.list.data.items) };
    this.more = renew(this.more);
    this.fresh = new Set([...rows.keys()].filter(it => shownIds.has(it)));
    this.news = new Set([...this.news, ...rows.keys()]);
    setTimeout(() => (this.fresh = new Set()), 2_000);
  }

  showNews() {
    this.news = new Set();
    this.more = [];
    this.next = "";
    void this.list.refresh();
  }

  async showMore() {
    const page = await get(`/status/projects?${wanted()}&after=${this.next || this.list.data.next}`);
    this.more = [...this.more, ...page.items];
    this.next = page.next ?? "-";
  }

  async copy() {
    await navigator.clipboard.writeText(location.href);
    dispatchEvent(new CustomEvent("koinon-message", { detail: t("copied") }));
  }

  async download() {
    const answer = await fetch(`/api/v1/status/projects?${wanted()}`, { headers: { Accept: "text/csv" } });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await answer.blob());
    link.download = "projects.csv";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  render() {
    const facets = this.list.data?.facets ?? {};
    const sort = query().get("sort") ?? "updated";
    return html`<header class="row apart"><h1>${t("projects.title")}</h1><koinon-freshness></koinon-freshness></header>
      ${filters(facets, this.groups.data?.items)}${chips(facets, this.groups.data?.items)}
      <section class="card" aria-label=${t("projects.title")}>
        <div class="row apart"><p role="status" class="muted">${this.list.data ? this.count() : nothing}</p>
          <div class="row no-print"><label class="row small">${t("projects.sort")} <select class="field" @change=${(/** @type {any} */ event) => go(address({ sort: event.target.value, after: "" }))}>${SORTS.map(it => html`<option value=${it} ?selected=${it === sort}>${t(`projects.sort.${it}`)}</option>`)}</select></label>
            <button class="button" @click=${this.copy}>${t("copy-link")}</button><button class="button" @click=${this.download}>${t("csv")}</button></div></div>
        ${this.news.size ? html`<p role="status"><button class="button" @click=${this.showNews}>${t("projects.changes", { n: this.news.size })}</button></p>` : nothing}
        ${shown(this.list, it => {
          const all = [...it.items, ...this.more];
          const rest = this.next === "-" ? "" : this.next || it.next;
          return all.length ? html`${projectTable(all, { sort, link: name => address({ sort: name, after: "" }), changed: this.fresh })}
            ${rest ? html`<p class="no-print"><button class="button" @click=${this.showMore}>${t("show-more")}</button></p>` : nothing}`
            : empty(t("projects.none"), String(wanted()) ? html`<a href="/projects">${t("filter.clear")}</a>` : nothing);
        })}</section>`;
  }

  count() {
    const shownNow = this.list.data.items.length + this.more.length;
    const all = this.list.data.count ?? shownNow;
    return all > shownNow ? t("projects.some", { shown: number(shownNow), n: all }) : t("projects.count", { n: all });
  }
}

customElements.define("page-projects", Projects);
