import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';

/** Linux hands out 32768 and above to outgoing connections: a port chosen there can be gone before it is bound. */
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 31_999;

/**
 * The port for a server with this data: the one it had the last time if that is free, else a free one below 32768.
 * It is remembered in the data folder before the server starts, so that a server whose starter is killed is found again.
 */
export async function choosePort(dataDir: string): Promise<number> {
  const remembered = rememberedPort(dataDir);
  if (remembered !== undefined && (await isPortFree(remembered))) return remembered;
  const port = await freePort();
  rememberPort(dataDir, port);
  return port;
}

/** The port noted in the data folder, if there is a sound note. */
export function rememberedPort(dataDir: string): number | undefined {
  try {
    const port = Number(readFileSync(portFile(dataDir), 'utf8'));
    return Number.isInteger(port) && port > 0 && port < 65_536 ? port : undefined;
  } catch {
    return undefined;
  }
}

/** Notes the port, whole or not at all. */
export function rememberPort(dataDir: string, port: number): void {
  const draft = `${portFile(dataDir)}.${process.pid}`;
  writeFileSync(draft, `${port}\n`);
  renameSync(draft, portFile(dataDir));
}

/** A port of 127.0.0.1 below 32768 that nobody listens on. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = LOWEST_PORT + Math.floor(Math.random() * (HIGHEST_PORT - LOWEST_PORT + 1));
    if (await isPortFree(port)) return port;
  }
}

/** Whether a server could listen there now; without a host, on every address of this machine. */
export function canListen(place: { readonly port: number; readonly host?: string }): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ ...place }, () => probe.close(() => resolve(true)));
  });
}

const isPortFree = (port: number): Promise<boolean> => canListen({ port, host: '127.0.0.1' });
const portFile = (dataDir: string): string => join(dataDir, 'port');
