/** Values by name, for a while; the oldest give way. */
export interface TimedCache<V> {
  get: (name: string) => V | undefined;
  set: (name: string, value: V) => void;
  delete: (name: string) => void;
}

/** @param bounds `limit` entries at most, each for at most `ttlMs` */
export const createTimedCache = <V>({ limit, ttlMs }: { limit: number; ttlMs: number }): TimedCache<V> => {
  const entries = new Map<string, { value: V; until: number }>();
  return {
    get: (name) => {
      const entry = entries.get(name);
      if (!entry) return undefined;
      if (entry.until > performance.now()) return entry.value;
      entries.delete(name);
      return undefined;
    },
    set: (name, value) => {
      entries.delete(name);
      entries.set(name, { value, until: performance.now() + ttlMs });
      if (entries.size <= limit) return;
      // A map keeps the order of insertion.
      for (const oldest of entries.keys()) {
        entries.delete(oldest);
        return;
      }
    },
    delete: (name) => void entries.delete(name),
  };
};
