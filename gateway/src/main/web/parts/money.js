import { html, nothing } from "lit";
import { css } from "../lib/css.js";
import { money, t } from "../lib/words.js";

/** @typedef {import("../lib/words.js").Money} Money */
/** @typedef {{currency: string, committed: Money, paid: Money, payable?: Money, requested?: Money, reserved?: Money}} Sums */

/** The difference of two amounts in hundred-thousandths, exactly. @param {Money} a @param {(Money | undefined)[]} less */
function minus(a, ...less) {
  const units = (/** @type {string} */ text) => {
    const [whole, part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(5, "0").slice(0, 5));
  };
  const rest = less.reduce((sum, it) => sum - (it ? units(it.amount) : 0n), units(a.amount));
  const digits = (rest < 0n ? -rest : rest).toString().padStart(6, "0");
  return { amount: `${rest < 0n ? "-" : ""}${digits.slice(0, -5)}.${digits.slice(-5)}`, currency: a.currency };
}

/** @param {Money | undefined} it */
const size = it => Number(it?.amount ?? 0);

/** The money of one currency: a bar of all that is committed, what each segment means, and the amounts.
 * @param {Sums} it */
export function sums(it) {
  const rest = minus(it.committed, it.paid, it.payable);
  const all = size(it.committed);
  const segments = /** @type {const} */ ([["paid", it.paid], ["payable", it.payable], ["rest", rest]]);
  return html`<div class="stack">
    ${all > 0 ? html`<div class="money-bar" aria-hidden="true">${segments.map(([kind, amount]) =>
      size(amount) > 0 ? html`<span class=${kind} ${css({ "--share": `${(100 * size(amount)) / all}%` })}></span>` : nothing)}</div>` : nothing}
    ${all > 0 || segments.some(([, amount]) => size(amount) > 0) ? html`<dl class="key">
      ${segments.map(([kind, amount]) => amount && (all > 0 || size(amount) > 0) ? html`<div>
        <dt><i class=${kind}></i>${t(kind === "rest" && !it.payable ? "money.not-paid" : `money.${kind}`)}</dt><dd><bdi>${money(amount)}</bdi></dd></div>` : nothing)}
    </dl>` : nothing}
    <p class="small muted">${all > 0 ? t("money.of-committed", { amount: money(it.committed) }) : t("money.nothing-committed")}
      ${it.reserved && size(it.reserved) > 0 ? t("money.reserved", { amount: money(it.reserved) }) : nothing}
      ${all === 0 && it.requested && size(it.requested) > 0 ? t("money.requested", { amount: money(it.requested) }) : nothing}</p>
  </div>`;
}

/** What is paid of what is committed, in one line. @param {Sums[]} of */
export function paidOfCommitted(of) {
  const committed = of.filter(it => size(it.committed) > 0);
  if (committed.length === 0) return "–";
  return committed.map(it => html`<div><bdi>${money(it.paid)}</bdi> <span class="small muted">${t("money.of", { amount: money(it.committed) })}</span></div>`);
}
