import type { Topic } from '../../../kernel/domain.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import type { Deps } from '../deps.ts';
import { createSeries } from './create.ts';
import { editSeries } from './edit.ts';
import { endSeries } from './end.ts';
import { extendAllSeries } from './extend-all.job.ts';
import { getSeries } from './get.ts';
import { listSeries } from './list.ts';
import { previewSeries } from './preview.ts';
import { publishSeries } from './publish.ts';

/** Events that repeat by a rule. */
export const eventSeriesTopic = (deps: Deps): Topic<Transaction> => ({
  operations: [
    createSeries(deps),
    previewSeries(),
    getSeries(deps),
    listSeries(deps),
    editSeries(deps),
    publishSeries(deps),
    endSeries(deps),
  ],
  jobs: [extendAllSeries(deps)],
});
