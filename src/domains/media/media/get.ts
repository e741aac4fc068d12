import { anyone, handle } from '../../../kernel/handler.ts';
import type { Platform } from '../../../platform/platform.ts';
import { get } from './contract.ts';
import { findFile } from './media.reads.ts';
import { isOwnFile } from './policy.ts';
import { showOwn } from './present.ts';

/** One of the caller’s own pictures. */
export const getMedia = ({ database, pictures }: Pick<Platform, 'database' | 'pictures'>) =>
  handle(get, {
    load: ({ mediaId }) => findFile(database, mediaId),
    sees: isOwnFile,
    allow: anyone,
    run: (_input, row, { now }) => showOwn(row, { pictures, now }),
  });
