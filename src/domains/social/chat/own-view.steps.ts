import type { InputOf, OperationContract } from '../../../kernel/contract.ts';
import { anyone, type Handler } from '../../../kernel/handler.ts';
import type { Transaction } from '../../../platform/db/client.ts';
import { commit } from '../../../platform/db/commit.ts';
import type { Sockets } from '../../../platform/sockets.ts';
import type { OwnView } from '../shapes/contract.ts';
import { findMembership, type Membership } from './member.reads.ts';
import { findOwnView } from './own-view.reads.ts';
import { updateOwnView, type ViewChange } from './settings.writes.ts';
import { viewChanged } from './signals/contract.ts';

export interface OwnViewDeps {
  sockets: Pick<Sockets, 'tellUser'>;
}

type OwnViewContract = OperationContract & { durability: 'committed'; output: typeof OwnView };

interface Changing {
  tx: Transaction;
  membership: Membership;
  now: Date;
}

/** Makes an operation with which a member sets their own view of a chat: nobody else is told, their own devices are. */
export const changeOwnView = <C extends OwnViewContract>(
  { sockets }: OwnViewDeps,
  contract: C,
  changeOf: (input: InputOf<C>, changing: Changing) => ViewChange | Promise<ViewChange>,
): Handler =>
  commit<OwnViewContract, Membership>(contract, {
    load: (input, { tx, actor }) => findMembership(tx, chatIdIn(input), actor?.userId ?? ''),
    allow: anyone,
    run: async (input, membership, { tx, now, audit, afterCommit }) => {
      const { chatId, userId } = membership;
      const before = await findOwnView(tx, { chatId, userId, now });
      // Safe: the input was parsed by this very contract.
      await updateOwnView(tx, { chatId, userId }, await changeOf(input as InputOf<C>, { tx, membership, now }));
      const own = await findOwnView(tx, { chatId, userId, now });
      audit({ targetType: 'chat', targetId: chatId, subjectId: userId, before, after: own });
      afterCommit(async () => sockets.tellUser(userId, viewChanged, { chatId, own }));
      return own;
    },
  });

const chatIdIn = (input: unknown): string => (input as { chatId: string }).chatId;
