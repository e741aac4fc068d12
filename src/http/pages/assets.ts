import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

/** The names that the build gave to the files of the public pages; null where there is no build. */
export interface PageAssets {
  style: string | null;
  script: string | null;
}

/** Written by the build: for each entry, the file it became. */
const MANIFEST = fileURLToPath(new URL('../../../dist/web/.vite/manifest.json', import.meta.url));
const Manifest = z.record(z.string(), z.object({ file: z.string() }));

/** Looks up once under which names, which change with their content, style and script are served. */
export const findAssets = (path: string = MANIFEST): PageAssets => {
  const manifest = existsSync(path) ? Manifest.parse(JSON.parse(readFileSync(path, 'utf8'))) : {};
  const named = (entry: string): string | null => {
    const file = manifest[entry]?.file;
    return file === undefined ? null : `/${file}`;
  };
  return { style: named('src/public/public.css'), script: named('src/public/public.ts') };
};
