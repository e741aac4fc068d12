import { anyone, handle, nothing } from '../../../kernel/handler.ts';
import type { Database } from '../../../platform/db/client.ts';
import { listAddressPages } from './public/contract.ts';
import { addressPageEnds } from './public/public.reads.ts';

/** Where the pages of slugs begin. */
export const listEventAddressPages = ({ replica }: { replica: Database }) =>
  handle(listAddressPages, {
    load: nothing,
    allow: anyone,
    run: async () => ({ cursors: await addressPageEnds(replica) }),
  });
