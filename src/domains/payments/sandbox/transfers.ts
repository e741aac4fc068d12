import { z } from 'zod';
import type { Provider, ProviderTransfer } from '../provider/provider.ts';
import type { Announce } from './deliver-webhook.job.ts';
import type { SandboxStore } from './sandbox.store.ts';
import type { Answering } from './sandbox-provider.ts';

const SandboxTransfer = z.object({
  transferRef: z.string(),
  destination: z.string(),
  amountMinor: z.string().regex(/^\d+$/),
  currency: z.string(),
});

/** Transfers to hosts: the sandbox's arrive as soon as they are made, and it says so by webhook. */
export const createTransfers = (
  { store, announce }: { store: Pick<SandboxStore, 'keepFirst' | 'find'>; announce: Announce },
  answer: Answering,
): Pick<Provider, 'transfer' | 'findTransfer'> => ({
  transfer: async ({ key, destination, amountMinor, currency }) => {
    const draft = { transferRef: `sbxt_${key}`, destination, amountMinor: String(amountMinor), currency };
    const kept = await store.keepFirst('transfer', key, JSON.stringify(draft));
    const transfer = presented(kept);
    await announce('payout.paid', {
      providerRef: transfer.transferRef,
      transferKey: key,
      amountMinor: Number(transfer.amountMinor),
      currency: transfer.currency,
    });
    // An answer to a call only says that the order was taken.
    return answer({ ...transfer, status: 'IN_TRANSIT' });
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
