import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

/** A letter as the server got it. */
export interface Received {
  messageId: string;
  to: string;
  subject: string;
  text: string;
}

/** A mail server that keeps what it gets, and answers as a test says. */
export interface MailServer {
  url: string;
  letters: Received[];
  /** The answers to the next letters, such as `451 busy` or `550 no such mailbox`; then all are taken. */
  answers: string[];
  stop: () => Promise<void>;
}

/** Speaks as much of RFC 5321 as a client that delivers one letter at a time needs. */
export const startMailServer = async (): Promise<MailServer> => {
  const letters: Received[] = [];
  const answers: string[] = [];
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    socket.on('error', () => socket.destroy());
    serve(socket, letters, answers);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    letters,
    answers,
    stop: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

const serve = (socket: Socket, letters: Received[], answers: string[]): void => {
  let buffered = '';
  let to = '';
  let isBody = false;
  const say = (line: string): void => void socket.write(`${line}\r\n`);

  const take = (letter: string): void => {
    const answer = answers.shift() ?? '250 taken';
    if (answer.startsWith('250')) letters.push(read(letter, to));
    isBody = false;
    say(answer);
  };

  const obey = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'RCPT') to = /<(.*)>/.exec(line)?.[1] ?? '';
    if (verb === 'DATA') {
      isBody = true;
      say('354 go on');
      return;
    }
    say(verb === 'QUIT' ? '221 bye' : '250 ok');
  };

  say('220 test');
  socket.on('data', (chunk) => {
    buffered += chunk.toString();
    for (;;) {
      const end = buffered.indexOf(isBody ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const part = buffered.slice(0, end);
      buffered = buffered.slice(end + (isBody ? 5 : 2));
      if (isBody) take(part);
      else obey(part);
    }
  });
};

const read = (letter: string, to: string): Received => {
  const end = letter.indexOf('\r\n\r\n');
  const head = letter.slice(0, end).replace(/\r\n\s+/g, ' ');
  const field = (name: string): string => new RegExp(`^${name}: (.*)$`, 'im').exec(head)?.[1] ?? '';
  return { messageId: field('Message-ID'), to, subject: field('Subject'), text: letter.slice(end + 4).trim() };
};
