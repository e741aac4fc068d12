import { connect } from 'node:net';

/** What the server on a port says of itself. */
export interface RedisAnswer {
  readonly pid: number;
  /** The folder it works in, without symbolic links. */
  readonly dir: string;
  /** False while it reads its files. */
  readonly isReady: boolean;
}

const ANSWER_TIMEOUT_MS = 1_000;
const ANSWER_MAX_CHARS = 65_536;

/**
 * Asks the server on this port of 127.0.0.1 who it is, by three inline commands; all are answered while it loads.
 * @returns undefined if nobody answers, or one who is no Redis or wants a password
 */
export function askRedis(port: number): Promise<RedisAnswer | undefined> {
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (): void => {
      socket.destroy();
      resolve(read(text));
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, finish);
    socket.once('connect', () => socket.write('INFO server\r\nCONFIG GET dir\r\nPING\r\n'));
    socket.once('error', finish);
    socket.once('close', finish);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.length > ANSWER_MAX_CHARS || /\r\n[+-][^\r]*\r\n$/.test(text)) finish();
    });
  });
}

function read(text: string): RedisAnswer | undefined {
  const pid = /\r\nprocess_id:(\d+)\r\n/.exec(text)?.[1];
  const dir = /\r\ndir\r\n\$\d+\r\n(.*)\r\n/.exec(text)?.[1];
  if (pid === undefined || dir === undefined) return undefined;
  return { pid: Number(pid), dir, isReady: text.endsWith('+PONG\r\n') };
}
