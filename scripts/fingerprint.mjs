import { createHash } from 'node:crypto';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files below a folder, as paths relative to it, in a fixed order. */
export function filesBelow(folder, under = '') {
  const entries = readdirSync(join(folder, under), { withFileTypes: true });
  return entries
    .filter((entry) => entry.name !== 'node_modules')
    .flatMap((entry) => {
      const path = under === '' ? entry.name : `${under}/${entry.name}`;
      return entry.isDirectory() ? filesBelow(folder, path) : [path];
    })
    .sort();
}

/** A short text that changes when any of these files and folders does: names, sizes and times of change. */
export function fingerprint(root, inputs) {
  const hash = createHash('sha256');
  for (const input of inputs.filter((path) => existsSync(join(root, path)))) {
    const isFolder = statSync(join(root, input)).isDirectory();
    const paths = isFolder ? filesBelow(join(root, input)).map((path) => `${input}/${path}`) : [input];
    for (const path of paths) {
      const { size, mtimeMs } = statSync(join(root, path));
      hash.update(`${path} ${size} ${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}
