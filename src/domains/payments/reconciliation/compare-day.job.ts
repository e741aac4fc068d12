import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';
import { type JobHandler, jobHandler } from '../../../kernel/domain.ts';
import type { Asking } from '../applying/each-alone.ts';
import { inTransaction } from '../applying/in-transaction.steps.ts';
import { noteBreak } from '../break/break.writes.ts';
import type { Provider, ReportLine } from '../provider/provider.ts';
import { providerOf } from '../provider/providers.rules.ts';
import { bookedOn, knownReferences } from './booked.reads.ts';
import { type Difference, differencesOf } from './differences.rules.ts';

const DAY_MS = 24 * 3_600_000;

export const compareDay = job({
  name: 'reconciliation.compareDay',
  summary:
    'Compares what a provider says it moved yesterday with what the books say, and writes every difference down.',
  payload: z.object({}),
  everyMs: 6 * 3_600_000,
});

/** May run any number of times: a difference is one row a day. */
export const compareYesterday = (asking: Asking): JobHandler =>
  jobHandler({
    contract: compareDay,
    run: async () => {
      const today = Math.floor(asking.clock.now().getTime() / DAY_MS) * DAY_MS;
      for (const name of asking.providers.keys()) {
        await compare(asking, providerOf(asking.providers, name), new Date(today - DAY_MS));
      }
    },
  });

/** Around midnight the provider's day and ours are not the same: what is missing is looked for on both sides of it. */
const compare = async (asking: Asking, provider: Provider, day: Date): Promise<void> => {
  const around = (days: number): Date => new Date(day.getTime() + days * DAY_MS);
  const reported = await provider.report(day);
  const neighbours = [...(await provider.report(around(-1))), ...(await provider.report(around(1)))];
  const booked = await bookedOn(asking.database, { provider: provider.name, from: day, until: around(1) });
  const known = await knownReferences(asking.database, provider.name, reported.map(referenceOf));
  const differences = differencesOf({ reported, neighbours, booked, known });
  await inTransaction(asking, provider.name, async ({ tx, now }) => {
    for (const difference of differences) await noteBreak(tx, { ...difference, provider: provider.name, day, now });
  });
  if (differences.length > 0) warn(asking, provider, { day, differences });
};

const referenceOf = ({ reference }: ReportLine): string => reference;

const warn = ({ log }: Asking, { name }: Provider, found: { day: Date; differences: Difference[] }): void => {
  const { day, differences } = found;
  log.error({ provider: name, day, differences: differences.length }, 'the books and the provider differ');
};
