import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Nothing of what is typed is shown. */
const silent = () => new Writable({ write: (_chunk, _encoding, done) => done() });

/** Asks for a password on the terminal. @throws Error in one sentence where there is none */
export const askPassword = async (email: string): Promise<string> => {
  if (!process.stdin.isTTY) throw new Error(`Give the password of ${email} in RALLY_PASSWORD.`);
  process.stdout.write(`Password of ${email}: `);
  const terminal = createInterface({ input: process.stdin, output: silent(), terminal: true });
  try {
    return await new Promise((resolve, reject) => {
      terminal.question('', resolve);
      terminal.once('SIGINT', () => reject(new Error('Nothing was done.')));
    });
  } finally {
    terminal.close();
    process.stdout.write('\n');
  }
};
