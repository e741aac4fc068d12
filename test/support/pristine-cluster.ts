import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/** Where a run keeps a migrated cluster that no server runs on: making one takes seconds, copying it a moment. */
export const pristineFolder = (runFolder: string): string => join(runFolder, 'pristine');

/** Copies the cluster of one data folder into another, with its owner and its password. No server may run on either. */
export function copyCluster(from: string, to: string): void {
  mkdirSync(to, { recursive: true });
  execFileSync('cp', ['-a', join(from, 'cluster'), join(from, 'password'), to]);
}
