type Awaitable<T> = T | Promise<T>;

/** Where a client keeps its session and its unsent messages between two starts. May be slow; must keep its order. */
export interface ClientStorage {
  get: (key: string) => Awaitable<string | null>;
  set: (key: string, value: string) => Awaitable<void>;
  remove: (key: string) => Awaitable<void>;
  /** Every key that begins with `prefix`. */
  keys: (prefix: string) => Awaitable<string[]>;
}

/** Forgets everything when the program ends. */
export const memoryStorage = (): ClientStorage => {
  const values = new Map<string, string>();
  return {
    get: (key) => values.get(key) ?? null,
    set: (key, value) => void values.set(key, value),
    remove: (key) => void values.delete(key),
    keys: (prefix) => [...values.keys()].filter((key) => key.startsWith(prefix)),
  };
};

/** The part of the browser's Storage that is needed: `localStorage` and `sessionStorage` have it. */
export interface WebStorage {
  readonly length: number;
  key: (index: number) => string | null;
  getItem: (key: string) => string | null;
  setItem: (key: string, value: string) => void;
  removeItem: (key: string) => void;
}

/** Keeps things in `localStorage`, shared by all tabs of the page. */
export const webStorage = (storage: WebStorage): ClientStorage => ({
  get: (key) => storage.getItem(key),
  set: (key, value) => storage.setItem(key, value),
  remove: (key) => storage.removeItem(key),
  keys: (prefix) => {
    const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
    return keys.filter((key): key is string => key?.startsWith(prefix) ?? false);
  },
});
