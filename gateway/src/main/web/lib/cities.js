import { getAll } from "./api.js";
import { cityName, country, scopeNames } from "./words.js";

/** @typedef {{id: string, name: string, country: string, state: string, ownName?: any}} City */

/** @type {Promise<Map<string, City>> | null} */
let read = null;

/** All cities by id, read once in this session; read again after a failure. @returns {Promise<Map<string, City>>} */
function cities() {
  read ??= getAll("/cities?limit=200").then(all => new Map(all.map(it => [it.id, it])), cause => {
    read = null;
    throw cause;
  });
  return read;
}

/** The cities of the network, as a page or a part of one shows them. While they are not known, an id stands for a name. */
export class Cities {
  /** @param {import("lit").ReactiveControllerHost} host */
  constructor(host) {
    this.host = host;
    /** @type {Map<string, City>} */
    this.all = new Map();
    host.addController(this);
  }

  hostConnected() {
    void cities().then(it => {
      this.all = it;
      // Each page may speak another language.
      for (const city of it.values()) scopeNames.set(`city/${city.id}`, cityName(city));
      this.host.requestUpdate();
    }, () => {});
  }

  /** @param {string} id */
  name(id) {
    const known = this.all.get(id);
    return known ? cityName(known) : id;
  }
}

/** The cities that may take part, as the choices of a field. @param {Map<string, City>} all @param {string[]} [without] ids */
export const admitted = (all, without = []) => [...all.values()]
  .filter(it => it.state !== "LEFT" && !without.includes(it.id))
  .map(it => /** @type {[string, string]} */ ([it.id, `${cityName(it)} (${country(it.country)})`]))
  .sort((a, b) => a[1].localeCompare(b[1]));
