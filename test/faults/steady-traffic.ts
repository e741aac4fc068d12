import type { Socket } from 'socket.io-client';
import { newId } from '../../src/platform/ids.ts';
import { connect, type Person } from '../support/people.ts';

export interface Acknowledged {
  clientId: string;
  seq: number;
  body: string;
}

export interface Traffic {
  acknowledged: Acknowledged[];
  /** Ends when every message that was begun has been acknowledged. */
  finish: () => Promise<void>;
}

interface TrafficPlan {
  /** Addresses to go to, in turn, when one does not answer. */
  nodeUrls: string[];
  person: Person;
  chatId: string;
  perSecond: number;
}

/**
 * Sends at a steady rate and repeats each message with its client id until it is acknowledged, over whichever node
 * answers: what any client does that wants its message through.
 */
export const steadyTraffic = ({ nodeUrls, person, chatId, perSecond }: TrafficPlan): Traffic => {
  const acknowledged: Acknowledged[] = [];
  const open = new Set<Promise<void>>();
  let running = true;
  let turn = 0;
  let socket: Socket = connect(nodeUrls[0] ?? '', person, true);

  const moveOn = (failed: Socket): void => {
    if (failed !== socket) return;
    failed.disconnect();
    turn += 1;
    socket = connect(nodeUrls[turn % nodeUrls.length] ?? '', person, true);
  };

  const send = async (body: string): Promise<void> => {
    const clientId = newId();
    for (;;) {
      const through = socket;
      try {
        const answer = await through.timeout(2_000).emitWithAck('chat.send', { chatId, clientId, body });
        if (answer.ok) {
          acknowledged.push({ clientId, seq: answer.data.seq, body });
          return;
        }
        if (!answer.error.retryable) throw new Error(`chat.send answered ${answer.error.code}`);
        await new Promise((resolve) => setTimeout(resolve, Math.min(500, answer.error.retryAfterMs ?? 200)));
      } catch (error) {
        if (error instanceof Error && error.message.startsWith('chat.send')) throw error;
        moveOn(through);
      }
    }
  };

  let count = 0;
  const timer = setInterval(() => {
    for (let n = 0; n < perSecond / 20; n += 1) {
      count += 1;
      const sending = send(`message ${count}`).finally(() => open.delete(sending));
      open.add(sending);
    }
  }, 50);

  return {
    acknowledged,
    finish: async () => {
      if (running) clearInterval(timer);
      running = false;
      await Promise.all(open);
      socket.disconnect();
    },
  };
};
