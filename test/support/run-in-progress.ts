import { inject } from 'vitest';

let chosen: string | undefined;

/** A program that is no test run says where what it starts keeps its data. */
export const useRunFolder = (folder: string): void => {
  chosen = folder;
};

/** Where the servers of this run keep their data: that of the test run, unless a program has chosen one. */
export const currentRunFolder = (): string => chosen ?? inject('runFolder');
