import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const DemoLogins = z.array(z.object({ email: z.string(), password: z.string() }));

/** A login that the demo data hold, to be shown to whoever starts the server. */
export type DemoLogin = z.infer<typeof DemoLogins>[number];

/** The logins that seeding left in the data folder; none if it left none. */
export function readDemoLogins(dataDir: string): DemoLogin[] {
  try {
    return DemoLogins.parse(JSON.parse(readFileSync(join(dataDir, 'demo-logins.json'), 'utf8')));
  } catch {
    return []; // not worth a start that fails
  }
}
