import { room } from '../../../kernel/contract.ts';

export const userRoom = room({
  name: 'user:{userId}',
  summary: 'What concerns one person alone, on all of their devices. Only its owner may watch it.',
});
