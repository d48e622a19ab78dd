import { decimal, isAmount, isoDay, typedDay } from "./entry.js";
import { speech } from "./words.js";

/** What a form shows of an amount: its digits, as the language writes them. @param {{amount: string} | null | undefined} it */
const typed = it => it ? it.amount.replace(/\.0+$/, "").replace(".", new Intl.NumberFormat(speech.locale).format(1.5).replace(/\d/g, "")) : "";

/** An amount that was typed in another language, as it is typed in that of the page. @param {string} it @param {string} language */
function retyped(it, language) {
  const amount = decimal(it, language === "en" ? "en-GB" : language);
  return isAmount(amount) ? typed({ amount }) : it;
}

/** @param {string} it @param {string} currency */
const money = (it, currency) => decimal(it) === null ? undefined : { amount: decimal(it), currency };

/** The parts of a proposal as forms show them and as the API takes them. `trial` is what of it can be judged while it is
 * typed; undefined where nothing can. */
export const summary = {
  /** @param {any} it */
  toForm: it => ({ title: it.title, summary: it.summary, themes: it.themes.join(", "), sdgs: it.sdgs.map(String), startsOn: typedDay(it.startsOn), endsOn: typedDay(it.endsOn) }),
  /** @param {any} it */
  toBody: it => ({ title: it.title, summary: it.summary, themes: listed(it.themes), sdgs: it.sdgs.map(Number), startsOn: isoDay(it.startsOn), endsOn: isoDay(it.endsOn) }),
  /** @param {any} it */
  trial: it => {
    const body = summary.toBody(it);
    return { ...body, title: body.title.trim() || "–", startsOn: dayOrNull(body.startsOn), endsOn: dayOrNull(body.endsOn) };
  },
};

/** @param {string} it */
export const listed = it => [...new Set(it.split(",").map(one => one.trim()).filter(Boolean))];

/** @param {string | null} it */
const dayOrNull = it => (it && !Number.isNaN(Date.parse(it)) && it.length === 10 ? it : null);

export const workPlan = {
  /** @param {any} it */
  toForm: it => ({ milestones: it.milestones.map((/** @type {any} */ one) => ({ id: one.id, title: one.title, due: typedDay(one.due), tranche: one.tranche ?? "", weight: String(one.weight) })) }),
  /** @param {any} it */
  toBody: it => ({ milestones: it.milestones.map((/** @type {any} */ one) => ({ id: one.id, title: one.title, due: isoDay(one.due) ?? undefined, tranche: one.tranche, weight: whole(one.weight) })) }),
  /** @param {any} it */
  trial: it => ({ milestones: workPlan.toBody(it).milestones.filter((/** @type {any} */ one) => one.title.trim() && dayOrNull(one.due ?? null) && one.weight > 0) }),
};

/** @param {string} it */
const whole = it => (/^\d{1,9}$/.test(it.trim()) ? Number(it) : it.trim() === "" ? undefined : it);

/** A part of one city. @param {() => string} currency of the call */
export const part = currency => ({
  /** @param {any} it */
  toForm: it => ({
    grant: typed(it.grant), overhead: it.grant ? typed(it.overhead) : "0", tasks: it.tasks ?? "",
    contributions: (it.contributions ?? []).map((/** @type {any} */ one) => ({ source: one.source, kind: one.kind, valuedBy: one.valuedBy ?? "", amount: typed(one.amount) })),
  }),
  /** @param {any} it */
  toBody: it => ({
    grant: money(it.grant, currency()), overhead: money(it.overhead, currency()), tasks: it.tasks,
    contributions: it.contributions.map((/** @type {any} */ one) => ({ source: one.source, kind: one.kind, ...(one.kind === "in-kind" ? { valuedBy: one.valuedBy } : {}), amount: money(one.amount, currency()) })),
  }),
  /** @param {any} it @param {string} language */
  retype: (it, language) => ({
    ...it, grant: retyped(it.grant, language), overhead: retyped(it.overhead, language),
    contributions: it.contributions.map((/** @type {any} */ one) => ({ ...one, amount: retyped(one.amount, language) })),
  }),
  /** @param {any} it */
  trial: it => isAmount(decimal(it.grant)) ? {
    ...part(currency).toBody({ ...it, overhead: isAmount(decimal(it.overhead)) ? it.overhead : "0" }),
    contributions: part(currency).toBody(it).contributions.filter((/** @type {any} */ one) => one.source.trim() && isAmount(one.amount?.amount ?? null) && (one.kind !== "in-kind" || one.valuedBy.trim())),
  } : undefined,
});
