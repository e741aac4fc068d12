import { z } from 'zod';
import { fact } from '../../kernel/contract.ts';

export const mediaDeleted = fact({
  name: 'media.deleted',
  summary: 'A file was deleted; its bytes are still there.',
  payload: z.object({ mediaId: z.uuid(), ownerId: z.uuid() }),
});
