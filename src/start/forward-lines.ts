import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** A longer line is passed on in pieces, so that a process that never ends its line costs no memory. */
const MAX_LINE_CHARS = 65_536;

/** Passes on what a process writes, line by line; empty lines are left out. */
export function forwardLines(stream: Readable | null, onLine: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  const pass = (line: string): void => {
    if (line !== '') onLine(line);
  };
  stream?.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) pass(line);
    if (rest.length < MAX_LINE_CHARS) return;
    pass(rest);
    rest = '';
  });
  stream?.once('end', () => pass(rest));
}
