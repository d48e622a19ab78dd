/** The scopes for which somebody holds a role, by id and name.
 * @param {any} me as the API answers `/me`; absent while it is not known
 * @param {string} role @returns {{id: string, name: string}[]} */
export function mandates(me, role) {
  return (me?.mandates ?? [])
    .filter((/** @type {any} */ it) => it.role === role)
    .map((/** @type {any} */ it) => ({ id: it.scope.slice(it.scope.indexOf("/") + 1), name: it.scopeName ?? it.scope.slice(it.scope.indexOf("/") + 1) }));
}

/** Whether somebody sees what members of the network see: who acts for a city, or for the network.
 * @param {any} me as the API answers `/me`; absent while it is not known */
export const isMember = me => (me?.mandates ?? []).some((/** @type {any} */ it) => it.scope === "network" || it.scope.startsWith("city/"));
