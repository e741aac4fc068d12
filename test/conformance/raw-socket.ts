import { WebSocket } from 'ws';
import type { Answer } from '../../src/kernel/execute.ts';
import { until } from '../support/until.ts';

/** Speaks Socket.IO's packets by hand, so that what a client library would hide is seen: a second answer, above all. */
export interface RawSocket {
  call: (name: string, ...args: unknown[]) => Promise<Answer>;
  /** Sends text as it is. */
  send: (packet: string) => void;
  /** Ids of calls that were answered more than once. */
  answeredTwice: () => number[];
  isOpen: () => boolean;
  close: () => void;
}

const ANSWER_WITHIN_MS = 15_000;
const ANSWER = /^43(\d+)(\[.*)$/s;

/** @throws Error with the refusal's code when the handshake is refused */
export const openRawSocket = async (url: string, auth: unknown): Promise<RawSocket> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`);
  const answers = new Map<number, Answer[]>();
  /** Those who wait for an answer or the end of the connection. Not asked again and again: there are tens of thousands. */
  const waiting = new Map<number, () => void>();
  let handshake = '';
  let lastId = 0;
  socket.on('message', (data) => {
    const packet = data.toString();
    if (packet.startsWith('0')) socket.send(`40${JSON.stringify(auth)}`);
    if (packet === '2') socket.send('3');
    if (packet.startsWith('40') || packet.startsWith('44')) handshake = packet;
    const [, id, list] = ANSWER.exec(packet) ?? [];
    if (!id || !list) return;
    answers.get(Number(id))?.push(JSON.parse(list)[0]);
    waiting.get(Number(id))?.();
  });
  // An ended connection shows in `isOpen`, or as a call without an answer.
  socket.on('error', () => undefined);
  socket.on('close', () => {
    for (const wake of [...waiting.values()]) wake();
  });
  await until(() => handshake !== '', { what: 'the handshake' });
  if (handshake.startsWith('44')) {
    socket.close();
    throw new Error(JSON.parse(handshake.slice(2)).data.code);
  }

  const answerOrEnd = (id: number): Promise<void> =>
    new Promise((resolve) => {
      if (socket.readyState !== WebSocket.OPEN) return resolve();
      const wake = (): void => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve();
      };
      const timer = setTimeout(wake, ANSWER_WITHIN_MS);
      waiting.set(id, wake);
    });

  const call = async (name: string, ...args: unknown[]): Promise<Answer> => {
    lastId += 1;
    const id = lastId;
    const received: Answer[] = [];
    answers.set(id, received);
    socket.send(`42${id}${JSON.stringify([name, ...args])}`);
    await answerOrEnd(id);
    const [answer] = received;
    if (answer) return answer;
    const why = socket.readyState === WebSocket.OPEN ? 'in time' : 'before the connection ended';
    throw new Error(`${name} was not answered ${why}`);
  };
  return {
    call,
    send: (packet) => socket.send(packet),
    answeredTwice: () => [...answers].filter(([, received]) => received.length > 1).map(([id]) => id),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.terminate(),
  };
};
