import { html, nothing } from "lit";
import { capacities, get, proveWith, refusals, send } from "./lib/api.js";
import { Part } from "./lib/part.js";
import { find, go } from "./lib/router.js";
import * as stream from "./lib/stream.js";
import { clock, LANGUAGES, load, moment, scopeNames, speak, speech, t } from "./lib/words.js";
import { installKeys, keysDialog } from "./lib/keys.js";
import "./parts/capacity.js";
import { reason } from "./parts/states.js";

/** @typedef {{authenticated: boolean, subject?: string, name?: string, csrf?: string, mandates?: {id: string, scopeName?: string, role: string, scope: string, substitute?: boolean}[], session?: {until: string}}} Me */

const SECTIONS = /** @type {const} */ ([["/", "nav.overview"], ["/projects", "nav.projects"], ["/calls", "nav.calls"], ["/cities", "nav.cities"], ["/gatherings", "nav.gatherings"]]);
const ENDS_SOON = 600_000;

/** The application: header, and the page that the address names. */
class App extends Part {
  static properties = { page: { state: true }, waiting: { state: true }, me: { state: true }, language: { state: true }, ended: { state: true }, message: { state: true } };

  constructor() {
    super();
    /** @type {HTMLElement | null} */
    this.page = null;
    /** @type {Me} */
    this.me = { authenticated: false };
    this.language = speech.language;
    /** Whether the session of who was logged in here has ended. */
    this.ended = false;
    this.lost = false;
    /** How many tasks wait for the person. */
    this.waiting = 0;
    this.counting = 0;
    this.message = "";
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener("popstate", () => this.show(true));
    addEventListener("koinon-address", event => this.show(false, /** @type {CustomEvent} */ (event).detail.replaces));
    addEventListener("koinon-session-ended", () => (this.ended = true));
    addEventListener("koinon-message", event => this.say(/** @type {CustomEvent} */ (event).detail));
    document.addEventListener("click", event => this.follow(event));
    stream.on("state", ({ state }) => {
      if (state === "live" && this.lost) void this.who();
      this.lost = state === "lost";
    });
    stream.on("item", () => this.count());
    installKeys(this);
    capacities.choose = mandates => /** @type {any} */ (this.querySelector("koinon-capacity")).ask(mandates);
    refusals.read = () => load("refusals");
    void this.show();
    void this.who().then(stream.open);
  }

  /** Asks who is logged in. Without an answer, nothing that was known changes. */
  async who() {
    const me = await get("/me").catch(() => null);
    if (!me) return proveWith(null);
    this.ended = !me.authenticated && (this.ended || this.me.authenticated);
    this.me = me;
    for (const it of this.me.mandates ?? []) if (it.scopeName && !scopeNames.has(it.scope)) scopeNames.set(it.scope, it.scopeName);
    proveWith(me.csrf ?? "", me.subject ?? "");
    stream.readAs(me.subject ?? "");
    this.count();
    const left = me.session ? Date.parse(me.session.until) - Date.now() - ENDS_SOON : 0;
    if (left > 0 && left < 2 ** 31) setTimeout(() => this.requestUpdate(), left);
  }

  /** Counts what waits for the person, soon after something has changed. */
  count() {
    if (!this.me.authenticated || this.counting) return;
    this.counting = setTimeout(async () => {
      this.counting = 0;
      const tasks = await get("/status/tasks?mine=true&limit=1").catch(() => null);
      if (tasks) this.waiting = tasks.count;
    }, 500);
  }

  /** Follows a link of the application without loading the page anew. @param {MouseEvent} event */
  follow(event) {
    const link = /** @type {Element} */ (event.target).closest?.("a");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
    if (link.origin !== location.origin || link.target || link.hasAttribute("download")) return;
    if (link.hash && link.pathname === location.pathname) return;
    if (!find(link.pathname)) return;
    event.preventDefault();
    history.replaceState({ y: scrollY }, "");
    go(link.href);
  }

  /** Shows the page of the address. @param {boolean} [back] whether a page is shown again @param {boolean} [stays] */
  async show(back = false, stays = false) {
    const here = location.pathname;
    const found = find(here) ?? find("/");
    if (!found) return;
    const { route, id } = found;
    try {
      await Promise.all([import(`./${route.module}`), ...route.texts.map(load)]);
    } catch {
      return this.renew();
    }
    if (location.pathname !== here) return;
    const same = this.page?.localName === route.element && /** @type {any} */ (this.page).key === id;
    if (!same) {
      const page = document.createElement(route.element);
      page.className = "page";
      Object.assign(page, { key: id, address: location.href });
      const first = this.page === null;
      this.page = page;
      await this.updateComplete;
      await /** @type {any} */ (page).updateComplete;
      if (!first && !page.contains(document.activeElement)) this.focusMain();
    } else {
      // The choice itself is painted before a long list is drawn anew.
      if (!document.hidden) await new Promise(then => requestAnimationFrame(() => setTimeout(then)));
      Object.assign(/** @type {any} */ (this.page), { address: location.href });
      await /** @type {any} */ (this.page).updateComplete;
      // What had the focus may be gone, as a filter that was taken away.
      if (document.activeElement === document.body) this.focusMain();
    }
    if (!stays) scrollTo(0, back ? history.state?.y ?? 0 : same ? scrollY : 0);
    /** @type {any} */ (this.querySelector(".menu"))?.hidePopover?.();
    this.requestUpdate();
  }

  focusMain() {
    /** @type {HTMLElement} */ (this.querySelector("main")).focus({ preventScroll: true });
  }

  /** A page could not be loaded. Its file is another one after a release, which the address leads to. */
  async renew() {
    const answer = await fetch(location.href, { method: "HEAD" }).catch(() => null);
    if (answer?.ok && this.page) location.reload();
    else this.say(t("state.no-connection"));
  }

  /** @param {string} language */
  async talk(language) {
    document.cookie = `koinon-language=${language};path=/;max-age=31536000;samesite=lax`;
    await speak(language);
    this.language = speech.language;
    this.page = null;
    await this.updateComplete;
    await this.show(false, true);
  }

  theme() {
    const root = document.documentElement;
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("koinon-theme", root.dataset.theme);
  }

  /** @param {string} message */
  say(message) {
    this.message = message;
    setTimeout(() => (this.message = ""), 4_000);
  }

  async logOut() {
    const answer = await send("POST", "//logout").catch(() => null);
    location.href = answer?.redirect ?? "/";
  }

  async logOutEverywhere() {
    const failed = await send("DELETE", "/me/sessions").catch(problem => problem);
    if (failed && failed.problem?.status !== 401) this.say(reason(failed));
    else location.href = "/";
  }

  person() {
    if (!this.me.authenticated)
      return html`<a class="button main" href="/login?then=${encodeURIComponent(location.pathname + location.search)}">${t("login")}</a>`;
    const of = [...new Set((this.me.mandates ?? []).map(it => it.scopeName ?? it.scope))].join(", ");
    return html`<button class="button account" popovertarget="account" aria-label=${t("account")}><span class="small"><strong>${this.me.name}</strong>${of ? html`<br><span class="muted">${of}</span>` : nothing}</span></button>
      <div class="account-menu card" id="account" popover><button class="button" @click=${this.logOut}>${t("logout")}</button>
        <button class="button" @click=${this.logOutEverywhere}>${t("logout-everywhere")}</button></div>`;
  }

  render() {
    const here = location.pathname;
    const until = this.me.session ? Date.parse(this.me.session.until) : 0;
    const link = (/** @type {string} */ to, /** @type {string} */ key) =>
      html`<a href=${to} aria-current=${(to === "/" ? here === "/" : here === to || here.startsWith(`${to}/`)) ? "page" : nothing}>${t(key)}</a>`;
    return html`
      <a class="skip" href="#content">${t("skip")}</a>
      <header class="bar"><div class="bar-in">
        <a class="brand" href="/"><svg viewBox="0 0 24 24" aria-hidden="true"><g fill="none" stroke="currentColor" stroke-width="2"><path d="M5 17 12 5l7 12Z"/></g><g fill="currentColor"><circle cx="12" cy="5" r="3"/><circle cx="5" cy="17" r="3"/><circle cx="19" cy="17" r="3"/></g></svg>Koinon</a>
        <button class="button quiet menu-button" popovertarget="menu" aria-label=${t("menu")}><svg viewBox="0 0 16 16" aria-hidden="true"><path d="M1 3.5h14M1 8h14M1 12.5h14" stroke="currentColor" stroke-width="2"/></svg></button>
        <div class="menu" id="menu" popover>
          <nav class="nav" aria-label=${t("nav.main")}>${this.me.authenticated ? html`<a href="/work" aria-current=${here === "/work" ? "page" : nothing}>${t("nav.work")}${this.waiting ? html` <span class="badge" aria-label=${t("nav.waiting", { n: this.waiting })}>${this.waiting}</span>` : nothing}</a>` : nothing}${SECTIONS.map(([to, key]) => link(to, key))}</nav>
          <div class="tools">
            <label class="visually-hidden" for="language">${t("language")}</label>
            <select id="language" class="field" .value=${this.language} @change=${(/** @type {any} */ event) => this.talk(event.target.value)}>
              ${Object.entries(LANGUAGES).map(([code, name]) => html`<option value=${code} lang=${code} ?selected=${code === this.language}>${name}</option>`)}
            </select>
            <button class="button quiet" aria-label=${t("theme")} title=${t("theme")} @click=${this.theme}><svg viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path d="M8 1.5a6.5 6.5 0 0 1 0 13Z" fill="currentColor"/></svg></button>
            ${this.person()}
          </div>
        </div>
      </div></header>
      ${"example" in document.documentElement.dataset ? html`<div class="example-bar small"><p>${t("example-data")}</p></div>` : nothing}
      ${until && until - Date.now() < ENDS_SOON ? html`<div class="notice-bar" role="status"><p>${t("session.ends", { time: clock(until) })}</p></div>` : nothing}
      ${this.ended ? html`<div class="notice-bar" role="alert"><p>${t("session.ended")} <a href="/login?then=${encodeURIComponent(here + location.search)}">${t("login")}</a></p></div>` : nothing}
      <main id="content" tabindex="-1">${this.page}</main>
      <footer class="footer small muted"><span>${t("footer")}</span><span class="print-only">${t("footer.printed", { address: location.href, when: moment(Date.now()) })}</span><span class="no-print"><a href="/swagger-ui.html">${t("footer.api")}</a> · <button class="button quiet" @click=${() => /** @type {any} */ (this.querySelector("dialog.keys")).showModal()}>${t("keys.title")}</button></span></footer>
      ${keysDialog()}<koinon-capacity .mandates=${this.me.mandates ?? []}></koinon-capacity>
      <div role="status" class=${this.message ? "toast" : "visually-hidden"}>${this.message}</div>`;
  }
}

const theme = localStorage.getItem("koinon-theme");
if (theme) document.documentElement.dataset.theme = theme;
await speak(document.documentElement.lang);
await load("common");
customElements.define("koinon-app", App);
