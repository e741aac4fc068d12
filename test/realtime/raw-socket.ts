import { WebSocket } from 'ws';
import { until } from '../support/until.ts';

/** A client that speaks the protocol by hand, so that it can break it. */
export interface RawSocket {
  socket: WebSocket;
  heard: string[];
  /** The code of the WebSocket's close; 1006 when the connection was cut; null while it is open. */
  closedWith: () => number | null;
  /** Sends what engine.io carries as a message. */
  say: (packet: string) => void;
}

export const openRaw = async (url: string, headers: Record<string, string> = {}): Promise<RawSocket> => {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`, { headers });
  const heard: string[] = [];
  let code: number | null = null;
  socket.on('error', () => {});
  socket.on('close', (closeCode) => {
    code = closeCode;
  });
  socket.on('message', (raw) => {
    const text = String(raw);
    if (text === '2') socket.send('3');
    else heard.push(text);
  });
  await until(() => heard.some((text) => text.startsWith('0{')) || code !== null);
  return { socket, heard, closedWith: () => code, say: (packet) => socket.send(`4${packet}`) };
};

/** The same, signed in. */
export const openSignedIn = async (url: string, token: string): Promise<RawSocket> => {
  const raw = await openRaw(url);
  raw.say(`0${JSON.stringify({ token })}`);
  await until(() => raw.heard.some((text) => text.startsWith('42["session.ready"')));
  return raw;
};

/** The answer that came for an acknowledgement id, once it is there. */
export const answerTo = async <T>({ heard }: RawSocket, id: number): Promise<T> => {
  const head = `43${id}[`;
  const text = await until(() => heard.find((each) => each.startsWith(head)));
  return JSON.parse(text.slice(head.length - 1))[0] as T;
};
