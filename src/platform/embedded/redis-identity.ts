import { connect } from 'node:net';

/** What the server on a port says of itself. */
export interface RedisAnswer {
  readonly pid: number;
  /** The folder it works in, without symbolic links. */
  readonly dir: string;
  /** False while it reads its files. */
  readonly isReady: boolean;
  /** False for one that lets in everybody, as those of an earlier version did. */
  readonly isProtected: boolean;
}

const ANSWER_TIMEOUT_MS = 1_000;
const ANSWER_MAX_CHARS = 65_536;

/**
 * Asks the server on this port of 127.0.0.1 who it is, by inline commands; all are answered while it loads.
 * @returns undefined if nobody answers, or one who is no Redis; a stranger for one that wants another password
 */
export const askRedis = async (port: number, password: string): Promise<RedisAnswer | undefined> =>
  read(await converse(port, [`AUTH ${password}`, 'INFO server', 'CONFIG GET dir', 'PING']));

/** Lets nobody in from now on who does not know the password; who is in already stays. */
export const protectRedis = async (port: number, password: string): Promise<void> => {
  await converse(port, [`CONFIG SET requirepass ${password}`, `AUTH ${password}`, 'PING']);
};

/** All that the server says; the first command and the last are answered by a line each, those between at length. */
const converse = (port: number, commands: readonly string[]): Promise<string> =>
  new Promise((resolve) => {
    let text = '';
    const socket = connect({ port, host: '127.0.0.1' });
    const finish = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(ANSWER_TIMEOUT_MS, finish);
    socket.once('connect', () => socket.write(commands.map((command) => `${command}\r\n`).join('')));
    socket.once('error', finish);
    socket.once('close', finish);
    socket.on('data', (chunk) => {
      text += chunk.toString();
      if (text.length > ANSWER_MAX_CHARS || /\r\n[+-][^\r]*\r\n$/.test(text)) finish();
    });
  });

/** A server whose password is not that of our folder cannot be the one that works in it. */
const STRANGER: RedisAnswer = { pid: 0, dir: '', isReady: false, isProtected: true };

function read(text: string): RedisAnswer | undefined {
  if (text.startsWith('-WRONGPASS')) return STRANGER;
  const pid = /\r\nprocess_id:(\d+)\r\n/.exec(text)?.[1];
  const dir = /\r\ndir\r\n\$\d+\r\n(.*)\r\n/.exec(text)?.[1];
  if (pid === undefined || dir === undefined) return undefined;
  return { pid: Number(pid), dir, isReady: text.endsWith('+PONG\r\n'), isProtected: text.startsWith('+OK\r\n') };
}
