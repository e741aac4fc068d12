import { z } from 'zod';
import { AppError } from '../../../kernel/errors.ts';
import { newId } from '../../../platform/ids.ts';
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

interface TransferDeps {
  store: Pick<SandboxStore, 'keepFirst' | 'find'>;
  announce: Announce;
}

const PREFIX = 'sbxt_';

/** Transfers to hosts: the sandbox's arrive as soon as they are made, and it says so by webhook. */
export const createTransfers = (
  { store, announce }: TransferDeps,
  answer: Answering,
): Pick<Provider, 'transfer' | 'findTransfer'> => ({
  transfer: async ({ key, destination, amountMinor, currency }) => {
    const draft = { transferRef: `${PREFIX}${key}`, destination, amountMinor: String(amountMinor), currency };
    const kept = await store.keepFirst('transfer', key, JSON.stringify(draft));
    const transfer = presented(kept, 'PAID');
    await announce('payout.paid', named(key, transfer));
    // An answer to a call only says that the order was taken.
    return answer({ ...transfer, status: 'IN_TRANSIT' });
  },
  findTransfer: async (key) => {
    const [kept, returned] = await Promise.all([store.find('transfer', key), store.find('returned', key)]);
    return kept === null ? null : presented(kept, returned === null ? 'PAID' : 'RETURNED');
  },
});

/** The bank of a host sends a transfer back, once. @throws NOT_FOUND, and CONFLICT when it has come back already */
export const returnTransfer = async (
  { store, announce }: TransferDeps,
  transferRef: string,
): Promise<ProviderTransfer> => {
  const key = transferRef.slice(PREFIX.length);
  const kept = await store.find('transfer', key);
  if (kept === null) throw new AppError('NOT_FOUND', 'The sandbox knows no such transfer.');
  const mark = newId();
  if ((await store.keepFirst('returned', key, mark)) !== mark) {
    throw new AppError('CONFLICT', 'This transfer has come back already.');
  }
  const transfer = presented(kept, 'RETURNED');
  await announce('payout.returned', named(key, transfer));
  return transfer;
};

const presented = (text: string, status: ProviderTransfer['status']): ProviderTransfer => {
  const { transferRef, amountMinor, currency } = SandboxTransfer.parse(JSON.parse(text));
  return { transferRef, status, amountMinor: BigInt(amountMinor), currency };
};

/** A transfer as webhooks name it. */
const named = (transferKey: string, { transferRef, amountMinor, currency }: ProviderTransfer) => ({
  providerRef: transferRef,
  transferKey,
  amountMinor: Number(amountMinor),
  currency,
});
