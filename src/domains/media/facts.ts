import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';
import { Id } from '../../kernel/wire.ts';

export const mediaDeleted = fact({
  name: 'media.deleted',
  summary: 'A file was deleted; its bytes are still there.',
  payload: z.object({ mediaId: Id, ownerId: Id }),
});
