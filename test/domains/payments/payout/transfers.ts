import { ProviderRefused, ProviderSilent } from '../../../../src/domains/payments/provider/failures.rules.ts';
import type { TransferOrder } from '../../../../src/domains/payments/provider/orders.rules.ts';
import type { Provider, ProviderTransfer } from '../../../../src/domains/payments/provider/provider.ts';

/** What a provider may do with one call. */
export type Mood = 'sends' | 'pays' | 'refuses' | 'sends and keeps silent' | 'keeps silent';

export interface Sent extends ProviderTransfer {
  key: string;
  destination: string;
}

/** A provider's own books of transfers: they forget nothing when our processes die. */
export interface TransferBooks {
  provider: Pick<Provider, 'name' | 'transfer' | 'findTransfer'>;
  /** Every transfer that was ever made, in order. */
  sent: Sent[];
  /** How the next calls are answered; `pays` once they are used up. */
  moods: Mood[];
  /** Looks at every call before it takes effect. */
  onTransfer: (order: TransferOrder) => Promise<void>;
}

export const openTransferBooks = (): TransferBooks => {
  const sent: Sent[] = [];
  const books: TransferBooks = {
    sent,
    moods: [],
    onTransfer: async () => {},
    provider: {
      name: 'SANDBOX',
      transfer: async (order) => {
        const mood = books.moods.shift() ?? 'pays';
        if (mood === 'keeps silent') throw new ProviderSilent('no answer, and nothing was done');
        if (mood === 'refuses') throw new ProviderRefused('OTHER', 'this account cannot be paid');
        await books.onTransfer(order);
        const transfer = sent.find(({ key }) => key === order.key) ?? {
          ...{ key: order.key, destination: order.destination, transferRef: `t_${order.key}` },
          ...{
            amountMinor: order.amountMinor,
            currency: order.currency,
            status: mood === 'pays' ? 'PAID' : 'IN_TRANSIT',
          },
        };
        if (!sent.includes(transfer as Sent)) sent.push(transfer as Sent);
        if (mood === 'sends and keeps silent') throw new ProviderSilent('no answer, though it was done');
        return { ...(transfer as Sent) };
      },
      findTransfer: async (wanted) => {
        const found = sent.find(({ key }) => key === wanted);
        return found ? { ...found } : null;
      },
    },
  };
  return books;
};
