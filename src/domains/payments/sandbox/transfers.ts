import { z } from 'zod';
import type { Provider, ProviderTransfer } from '../provider/provider.ts';
import type { SandboxStore } from './sandbox.store.ts';
import type { Answering } from './sandbox-provider.ts';

const SandboxTransfer = z.object({
  transferRef: z.string(),
  destination: z.string(),
  amountMinor: z.string().regex(/^\d+$/),
  currency: z.string(),
});

/** Transfers to hosts: the sandbox's arrive as soon as they are made. */
export const createTransfers = (
  { store }: { store: Pick<SandboxStore, 'keepFirst' | 'find'> },
  answer: Answering,
): Pick<Provider, 'transfer' | 'findTransfer'> => ({
  transfer: async ({ key, destination, amountMinor, currency }) => {
    const draft = { transferRef: `sbxt_${key}`, destination, amountMinor: String(amountMinor), currency };
    const kept = await store.keepFirst('transfer', key, JSON.stringify(draft));
    return answer(presented(kept));
  },
  findTransfer: async (key) => {
    const kept = await store.find('transfer', key);
    return kept === null ? null : presented(kept);
  },
});

const presented = (text: string): ProviderTransfer => {
  const { transferRef, amountMinor, currency } = SandboxTransfer.parse(JSON.parse(text));
  return { transferRef, status: 'PAID', amountMinor: BigInt(amountMinor), currency };
};
