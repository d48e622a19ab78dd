import { html, nothing } from "lit";
import { day, money, t, tranche } from "../lib/words.js";
import { mark } from "./marks.js";

/** What a proposal says, to be read. @param {any} it as the API answers it, or one of its submissions @param {any} call
 * @param {"about" | "cities" | "part" | "plan" | "all"} what @param {(id: string) => string} name of a city
 * @param {(step: string) => unknown} [change] leads to where it is written */
export function planned(it, call, what, name, change = () => nothing) {
  const currency = call?.terms?.currency;
  return html`${what === "about" || what === "all" ? html`${head(t("proposal.about"), change("about"), what)}<p class="written">${it.summary.summary || t("proposal.nothing-written")}</p>
      <dl class="facts tall"><dt>${t("proposal.dates")}</dt><dd>${it.summary.startsOn ? day(it.summary.startsOn) : "–"} – ${it.summary.endsOn ? day(it.summary.endsOn) : "–"}</dd>
        ${it.summary.themes.length ? html`<dt>${t("proposal.themes")}</dt><dd>${it.summary.themes.join(", ")}</dd>` : nothing}
        ${it.summary.sdgs.length ? html`<dt>${t("proposal.sdgs-label")}</dt><dd>${it.summary.sdgs.map((/** @type {number} */ n) => html`<div>${n}. ${t(`sdg.${n}`)}</div>`)}</dd>` : nothing}</dl>` : nothing}
    ${what === "cities" || what === "all" ? html`${head(t("proposal.cities"), change("cities"), what)}
      ${it.partners.filter((/** @type {any} */ one) => !["DECLINED", "REMOVED"].includes(one.state)).map((/** @type {any} */ one) => partner(one, name(one.city), currency))}
      ${it.grant ? html`<p><strong>${t("proposal.asks", { amount: money(it.grant) })}</strong>${it.coFinancing ? ` ${t("proposal.bring", { amount: money(it.coFinancing) })}` : nothing}</p>` : nothing}` : nothing}
    ${what === "plan" || what === "all" ? html`${head(t("proposal.plan"), change("plan"), what)}
      ${it.workPlan.milestones.length ? html`<ol class="plain">${it.workPlan.milestones.map((/** @type {any} */ one) => html`<li><span class="row apart"><strong>${one.title}</strong><span class="small muted">${day(one.due)}${one.tranche ? ` · ${t("proposal.earns")} ${tranche(one.tranche)}` : nothing}</span></span></li>`)}</ol>` : html`<p class="muted">${t("proposal.nothing-written")}</p>`}` : nothing}`;
}

/** @param {string} title @param {unknown} change @param {string} what */
const head = (title, change, what) => what === "all" ? html`<div class="row apart"><h3>${title}</h3>${change}</div>` : nothing;

/** @param {any} it @param {string} name @param {string} currency */
function partner(it, name, currency) {
  return html`<section class="stack part"><div class="row apart"><h4>${name}</h4>${mark(it.state)}</div>${amounts(it, currency)}
    ${it.tasks ? html`<p class="written">${it.tasks}</p>` : nothing}</section>`;
}

/** What a city asks for and brings, as far as the reader may see it. @param {any} it @param {string} currency */
export function amounts(it, currency) {
  if (!it.grant) return nothing;
  return html`<dl class="facts tall"><dt>${t("proposal.grant")}</dt><dd><bdi>${money(it.grant)}</bdi></dd>
    ${it.contributions?.map((/** @type {any} */ one) => html`<dt>${one.source}${one.kind === "in-kind" ? ` (${t("proposal.in-kind")}, ${one.valuedBy})` : nothing}</dt><dd><bdi>${money(one.amount)}</bdi></dd>`)}
    ${it.overhead && Number(it.overhead.amount) ? html`<dt>${t("proposal.overhead")}</dt><dd><bdi>${money(it.overhead)}</bdi></dd>` : nothing}</dl>`;
}

/** What a city brings, in all. @param {any} it @param {string} currency */
export function brought(it, currency) {
  const sum = (it.contributions ?? []).reduce((/** @type {bigint} */ all, /** @type {any} */ one) => all + cents(one.amount.amount), 0n);
  return { amount: `${sum / 10_000n}.${String(sum % 10_000n).padStart(4, "0")}`.replace(/0{2}$/, ""), currency };
}

/** Ten-thousandths, exactly. @param {string} amount */
function cents(amount) {
  const [whole, fraction = ""] = amount.split(".");
  return BigInt(whole + fraction.padEnd(4, "0").slice(0, 4));
}
