import { t } from "../lib/words.js";

/** A next action. @typedef {{action: string, of: string, subject?: string, right: string}} Action */

/** The page on which an action is taken. @param {Action} it @param {string} project @returns {string} */
export function taskPage(it, project) {
  const [kind, id] = it.of.split("/");
  const part = it.subject?.slice(it.subject.indexOf("/") + 1) ?? "";
  if (kind === "agreement") return `/agreements/${id}`;
  if (kind === "call") return `/calls/${id}`;
  if (kind === "gathering") return `/gatherings/${id}`;
  if (/^(milestone|postponement)\./.test(it.action)) return `/projects/${project}/milestones?milestone=${encodeURIComponent(part)}`;
  if (/^partner\.(accept|commit)$/.test(it.action)) return `/proposals/${project}/commitment?city=${part}`;
  if (it.action === "partner.write") return `/proposals/${project}?step=part&city=${part}`;
  if (it.action === "proposal.write") return `/proposals/${project}`;
  if (it.action === "proposal.submit") return `/proposals/${project}/check`;
  return `/projects/${project}`;
}

/** The verb on the button that leads there. @param {Action} it */
export function taskVerb(it) {
  const verb = it.action.slice(it.action.indexOf(".") + 1);
  return ["accept", "commit", "write", "submit", "report", "verify", "sign", "agree", "refuse"].includes(verb) ? t(`task.${verb}`) : t("task.look");
}
