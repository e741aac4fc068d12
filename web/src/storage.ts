import { type ClientStorage, webStorage } from '../../src/sdk/index.ts';

const SESSION_KEY = 'rally:session';

/** A tab of its own may be another person; the whole browser is one only for who asked to stay signed in. */
let place: Storage =
  localStorage.getItem(SESSION_KEY) && !sessionStorage.getItem(SESSION_KEY) ? localStorage : sessionStorage;

/** Chooses where the next sign-in is kept: by this browser, or by this tab alone. */
export const keepSignedIn = (keep: boolean): void => {
  place = keep ? localStorage : sessionStorage;
};

export const storage: ClientStorage = {
  get: (key) => webStorage(place).get(key),
  set: (key, value) => webStorage(place).set(key, value),
  remove: (key) => webStorage(place).remove(key),
  keys: (prefix) => webStorage(place).keys(prefix),
};
