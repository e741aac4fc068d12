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
  /** Messages that were refused for good, by the code. */
  refused: { clientId: string; code: string }[];
  /** Ends when every message that was begun has been acknowledged. */
  finish: () => Promise<void>;
}

interface TrafficPlan {
  /** Addresses to go to, in turn, when one does not answer. */
  nodeUrls: string[];
  /** Its token is read anew for each connection: who sends for long renews it. */
  person: Pick<Person, 'token'>;
  chatId: string;
  perSecond: number;
}

/** As long as a server may take to refuse. */
const ANSWER_WITHIN_MS = 6_000;
/** While nobody answers so many seconds' messages are under way at most; the others are never begun. */
const MAX_OPEN_SECONDS = 3;

/**
 * Sends at a steady rate and repeats each message with its client id until it is acknowledged, over whichever node
 * answers: what any client does that wants its message through.
 */
export const steadyTraffic = ({ nodeUrls, person, chatId, perSecond }: TrafficPlan): Traffic => {
  const acknowledged: Acknowledged[] = [];
  const refused: Traffic['refused'] = [];
  const underWay = new Set<Promise<void>>();
  let turn = 0;
  let socket: Socket = open(0);

  function open(place: number): Socket {
    const opened = connect(nodeUrls[place % nodeUrls.length] ?? '', person, true);
    opened.on('disconnect', () => moveOn(opened));
    return opened;
  }

  function moveOn(failed: Socket): void {
    if (failed !== socket) return;
    turn += 1;
    socket = open(turn);
    failed.disconnect();
  }

  const send = async (body: string): Promise<void> => {
    const clientId = newId();
    for (;;) {
      const through = socket;
      try {
        const answer = await through.timeout(ANSWER_WITHIN_MS).emitWithAck('chat.send', { chatId, clientId, body });
        if (answer.ok) {
          acknowledged.push({ clientId, seq: answer.data.seq, body });
          return;
        }
        if (!answer.error.retryable) {
          refused.push({ clientId, code: answer.error.code });
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, Math.min(500, answer.error.retryAfterMs ?? 200)));
      } catch {
        moveOn(through);
      }
    }
  };

  const startedAtMs = performance.now();
  let begun = 0;
  const timer = setInterval(() => {
    const due = Math.floor(((performance.now() - startedAtMs) * perSecond) / 1_000);
    for (; begun < due; begun += 1) {
      if (underWay.size >= perSecond * MAX_OPEN_SECONDS) continue;
      const sending = send(`message ${begun}`).finally(() => underWay.delete(sending));
      underWay.add(sending);
    }
  }, 50);

  return {
    acknowledged,
    refused,
    finish: async () => {
      clearInterval(timer);
      await Promise.all(underWay);
      socket.removeAllListeners('disconnect');
      socket.disconnect();
    },
  };
};
