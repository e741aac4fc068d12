import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import type { Platform } from '../../../platform/platform.ts';
import { mediaDeleted } from '../facts.ts';
import { eraseFile } from './erase-file.steps.ts';
import { findDeleted } from './upkeep.reads.ts';

/** Deletes the bytes of what was just deleted; its addresses then open nothing any more. */
export const onMediaDeleted = (ground: Pick<Platform, 'database' | 'objects'>): Subscriber =>
  subscribe({
    name: 'media.eraseDeletedFile',
    fact: mediaDeleted,
    run: async ({ mediaId }) => {
      const file = await findDeleted(ground.database, mediaId);
      if (file) await eraseFile(ground, file);
    },
  });
