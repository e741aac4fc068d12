import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { canListen, choosePort, freePort, rememberedPort } from '../../../src/platform/embedded/ports.ts';
import { scratchFolder } from '../../support/scratch-folder.ts';

test('gives the same data the same port, and below those of outgoing connections', async () => {
  const dataDir = scratchFolder();
  const port = await choosePort(dataDir);
  expect(port).toBeGreaterThan(1024);
  expect(port).toBeLessThan(32_768);
  expect(await choosePort(dataDir)).toBe(port);
});

test('gives another port, and remembers that one, while somebody listens on the old', async () => {
  const dataDir = scratchFolder();
  const port = await choosePort(dataDir);
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  const other = await choosePort(dataDir);
  expect(other).not.toBe(port);
  expect(rememberedPort(dataDir)).toBe(other);
  squatter.close();
});

test.each(['', 'nonsense', '0', '70000', '12.5'])('takes the note %j for none', (note) => {
  const dataDir = scratchFolder();
  writeFileSync(join(dataDir, 'port'), note);
  expect(rememberedPort(dataDir)).toBeUndefined();
  expect(readFileSync(join(dataDir, 'port'), 'utf8')).toBe(note);
});

test('sees a listener on one address when asked for all', async () => {
  const port = await freePort();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  expect(await canListen({ port })).toBe(false);
  squatter.close();
});
