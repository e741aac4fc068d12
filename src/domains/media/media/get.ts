import { anyone, handle } from '../../../kernel/handler.ts';
import type { Platform } from '../../../platform/platform.ts';
import { get } from './contract.ts';
import { findOwn } from './media.reads.ts';
import { showOwn } from './present.ts';

/** One of the caller’s own pictures. */
export const getMedia = ({ database, pictures }: Pick<Platform, 'database' | 'pictures'>) =>
  handle(get, {
    load: ({ mediaId }, { actor }) => findOwn(database, mediaId, actor.userId),
    allow: anyone,
    run: (_input, row, { now }) => showOwn(row, { pictures, now }),
  });
