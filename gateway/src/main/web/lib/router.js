import { routes } from "../routes.js";

/** @typedef {typeof routes[number]} Route */

/** The route of a path, and the part of the path that it leaves open.
 * @param {string} path @returns {{route: Route, id: string} | null} */
export function find(path) {
  const given = path.split("/");
  for (const route of routes) {
    const wanted = route.path.split("/");
    if (wanted.length !== given.length) continue;
    let id = "";
    const fits = wanted.every((part, i) => part.startsWith(":") ? (id = given[i]) !== "" : part === given[i]);
    if (fits) return { route, id: decodeURIComponent(id) };
  }
  return null;
}

/** Goes to another address of the application. @param {string} address @param {boolean} [replaces] */
export function go(address, replaces = false) {
  if (replaces) history.replaceState(history.state, "", address);
  else history.pushState({ y: 0 }, "", address);
  dispatchEvent(new CustomEvent("koinon-address", { detail: { replaces } }));
}

/** The filters in the address. @returns {URLSearchParams} */
export const query = () => new URLSearchParams(location.search);

/** The address with one filter changed; an empty value takes it away.
 * @param {Record<string, string>} changes */
export function address(changes) {
  const next = query();
  for (const [name, value] of Object.entries(changes)) if (value) next.set(name, value); else next.delete(name);
  const text = next.toString();
  return location.pathname + (text ? `?${text}` : "");
}
