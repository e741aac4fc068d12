import { z } from 'zod';
import { job } from '../../../kernel/contract.ts';

/** Asked for by the node that took the bytes; carried out by `process.job.ts`. */
export const processMedia = job({
  name: 'media.process',
  summary: 'Makes of uploaded bytes a picture that can be shown, or refuses them.',
  payload: z.object({ mediaId: z.uuid() }),
});
