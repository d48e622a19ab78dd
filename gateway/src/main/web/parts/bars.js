import { html } from "lit";
import { css } from "../lib/css.js";
import { number } from "../lib/words.js";

/** @typedef {{value: string, label?: string, count: number}} Count */

/** Counts as bars; each leads to what it counts.
 * @param {Count[]} counts @param {(it: Count) => unknown} name @param {(it: Count) => string} link
 * @param {(it: Count) => string} [tone] */
export function bars(counts, name, link, tone = () => "") {
  const most = Math.max(1, ...counts.map(it => it.count));
  return html`<ul class="bars">${counts.map(it => html`<li><a href=${link(it)}>${name(it)}</a>
    <span class="track ${tone(it)}" aria-hidden="true"><span ${css({ "--share": `${(100 * it.count) / most}%` })}></span></span>
    <span class="num">${number(it.count)}</span></li>`)}</ul>`;
}
