/** Stops hearing, or watching. Calling it twice does nothing more. */
export type Stop = () => void;

/** Those who want to be told something. */
export interface Listeners<T> {
  add: (listener: (value: T) => void) => Stop;
  tell: (value: T) => void;
}

export const createListeners = <T>(): Listeners<T> => {
  const listeners = new Set<{ hear: (value: T) => void }>();
  return {
    add: (hear) => {
      // Wrapped, so that the same function added twice is heard twice and stopped one at a time.
      const listener = { hear };
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    tell: (value) => {
      for (const { hear } of [...listeners]) tellSafely(() => hear(value));
    },
  };
};

/** Runs the application's own code: what it throws surfaces as its uncaught error and holds up nobody else. */
export const tellSafely = (tell: () => void): void => {
  try {
    tell();
  } catch (bug) {
    queueMicrotask(() => {
      throw bug;
    });
  }
};
