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
  const openedAt = Date.now();
  let end = '';
  socket.on('close', (code, reason) => {
    end = `its connection ended with ${code} "${reason}" after ${Date.now() - openedAt} ms`;
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
    throw new Error(`${name} was not answered: ${end || `${ANSWER_WITHIN_MS} ms passed`}`);
  };
  return {
    call,
    send: (packet) => socket.send(packet),
    answeredTwice: () => [...answers].filter(([, received]) => received.length > 1).map(([id]) => id),
    isOpen: () => socket.readyState === WebSocket.OPEN,
    close: () => socket.terminate(),
  };
};

const LOOK_EVERY_MS = 250;
/** The server waits 6 s for the answer to a ping. */
const TAKEN_FOR_GONE_MS = 5_000;

/**
 * A raw socket for thousands of calls: it signs in again where this process stood still for so long, as it may on a busy
 * machine, that the server rightly took it for gone. Every other end stays one.
 */
export const openLastingSocket = async (url: string, auth: unknown): Promise<RawSocket> => {
  let socket = await openRawSocket(url, auth);
  const ended: RawSocket[] = [];
  let lookedAtMs = performance.now();
  let stoodStill = false;
  const looking = setInterval(() => {
    stoodStill ||= performance.now() - lookedAtMs > TAKEN_FOR_GONE_MS;
    lookedAtMs = performance.now();
  }, LOOK_EVERY_MS).unref();

  const current = async (): Promise<RawSocket> => {
    if (socket.isOpen() || !stoodStill) return socket;
    stoodStill = false;
    ended.push(socket);
    socket = await openRawSocket(url, auth);
    return socket;
  };
  return {
    call: async (name, ...args) => (await current()).call(name, ...args),
    send: (packet) => socket.send(packet),
    answeredTwice: () => [...ended, socket].flatMap((each) => each.answeredTwice()),
    isOpen: () => socket.isOpen() || stoodStill,
    close: () => {
      clearInterval(looking);
      socket.close();
    },
  };
};
