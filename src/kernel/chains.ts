import type { OperationContract } from './contract.ts';

/** Work that is done one piece after the other, where it has the same key. */
export interface Chains {
  /** Does the work after all that was given under this key before. */
  follow: <Result>(key: string, work: () => Promise<Result>) => Promise<Result>;
  /** Resolves when nothing is under way under this key. */
  end: (key: string) => Promise<void>;
}

/** Names the thing about which calls of this operation are made in order; null when a call is made by itself. */
export const orderKey = ({ inOrderOf }: Pick<OperationContract, 'inOrderOf'>, input: unknown): string | null => {
  if (inOrderOf === undefined || typeof input !== 'object' || input === null) return null;
  const fields = new Map(Object.entries(input));
  return JSON.stringify(inOrderOf.map((field) => fields.get(field))).toLowerCase();
};

/** It holds as many keys as have work under way; how much that is, its callers bound. */
export const createChains = (): Chains => {
  const lasts = new Map<string, Promise<void>>();
  return {
    follow: (key, work) => {
      const result = (lasts.get(key) ?? Promise.resolve()).then(work);
      const done = result.then(
        () => undefined,
        () => undefined,
      );
      lasts.set(key, done);
      void done.then(() => {
        if (lasts.get(key) === done) lasts.delete(key);
      });
      return result;
    },
    end: async (key) => lasts.get(key),
  };
};
