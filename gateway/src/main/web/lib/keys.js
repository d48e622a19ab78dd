import { html } from "lit";
import { go } from "./router.js";
import { t } from "./words.js";

/** The keys of the application, each with the text that says what it does. */
const KEYS = /** @type {const} */ ([["g w", "keys.work"], ["g o", "keys.overview"], ["g p", "keys.projects"], ["g c", "keys.calls"], ["g k", "keys.cities"], ["g m", "keys.gatherings"], ["j", "keys.next"], ["k", "keys.previous"], ["/", "keys.search"], ["?", "keys.help"]]);

/** @type {Record<string, string>} */
const PLACES = { w: "/work", o: "/", p: "/projects", c: "/calls", k: "/cities", m: "/gatherings" };

const OFF = "koinon-keys-off";

/** Listens to single keys while no field has the focus; they can be turned off (WCAG 2.1.4). @param {HTMLElement} root */
export function installKeys(root) {
  let before = "";
  document.addEventListener("keydown", event => {
    const target = /** @type {HTMLElement} */ (event.target);
    if (event.metaKey || event.ctrlKey || event.altKey || target.closest("input, select, textarea, dialog[open]")) return;
    if (localStorage.getItem(OFF)) return;
    const key = event.key;
    if (before === "g" && PLACES[key]) go(PLACES[key]);
    else if (key === "j" || key === "k") step(root, key === "j" ? 1 : -1);
    else if (key === "?") /** @type {any} */ (root.querySelector("dialog.keys")).showModal();
    else if (key === "/") {
      const field = /** @type {HTMLElement | null} */ (root.querySelector("input[type=search]"));
      if (field) field.focus();
      else go("/projects#search");
      event.preventDefault();
    }
    before = key;
  });
}

/** Moves the focus through a list of tasks. A key opens nothing and does nothing. @param {HTMLElement} root @param {1 | -1} by */
function step(root, by) {
  const tasks = [...root.querySelectorAll(".task")];
  const at = tasks.findIndex(it => it.contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : tasks.length - 1) : Math.max(0, Math.min(tasks.length - 1, at + by));
  tasks[next]?.querySelector("a")?.focus();
}

/** The list of all keys. */
export const keysDialog = () => html`<dialog class="keys" aria-labelledby="keys-title"><div class="stack">
  <h2 id="keys-title">${t("keys.title")}</h2>
  <dl class="facts">${KEYS.map(([key, text]) => html`<dt>${key.split(" ").map(it => html`<kbd>${it}</kbd> `)}</dt><dd>${t(text)}</dd>`)}</dl>
  <label class="row"><input type="checkbox" .checked=${!localStorage.getItem(OFF)} @change=${(/** @type {any} */ event) =>
    event.target.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")}> ${t("keys.on")}</label>
  <form method="dialog"><button class="button">${t("close")}</button></form></div></dialog>`;
