import { z } from 'zod';
import { readConfig } from '../../src/platform/config.ts';
import { startWorkers } from '../../src/workers/start.ts';
import { probeDomain } from './probe-domain.ts';
import { openPlatform } from './stand-in-platform.ts';

/*
 * A worker in a process of its own, to be killed. With DIE_AFTER_COMMIT it kills itself right after its first
 * transaction has committed, before it has told anyone.
 */

const platform = await openPlatform(readConfig(process.env));
const { database } = platform;
const committed = database.$transaction.bind(database);
if (z.string().optional().parse(process.env.DIE_AFTER_COMMIT)) {
  const dying = async (...args: Parameters<typeof committed>) => {
    const outcome: unknown = await committed(...args);
    // The relay's poll commits too, and often: only what has something to say is a commit.
    if (typeof outcome === 'object') process.kill(process.pid, 'SIGKILL');
    return outcome;
  };
  Object.assign(database, { $transaction: dying });
}
await startWorkers(platform, [probeDomain(database)]);
process.send?.('ready');
process.on('disconnect', () => process.exit());
