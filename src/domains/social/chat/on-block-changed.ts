import { type Subscriber, subscribe } from '../../../kernel/domain.ts';
import { blockCreated, blockRemoved } from '../../identity/facts.ts';
import { agreeWithBlock, type DirectChatDeps } from './direct-chat.steps.ts';

/** Takes the direct chat of the two away from who blocked the other, and gives it back with the block. */
export const onBlockChanged = (deps: DirectChatDeps): Subscriber[] => [
  subscribe({
    name: 'social.takeDirectChatAway',
    fact: blockCreated,
    urgency: 'AT_ONCE',
    run: async ({ kind, ...pair }, factId) => {
      if (kind === 'BLOCK') await agreeWithBlock(deps, { ...pair, factId });
    },
  }),
  subscribe({
    name: 'social.giveDirectChatBack',
    fact: blockRemoved,
    urgency: 'AT_ONCE',
    run: async ({ kind, ...pair }, factId) => {
      if (kind === 'BLOCK') await agreeWithBlock(deps, { ...pair, factId });
    },
  }),
];
