import { connect } from 'node:net';

const PROBE_TIMEOUT_MS = 5_000;

/** @throws Error in one sentence where nobody listens */
export const refuseUnreachable = (url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const { hostname, port, protocol } = new URL(url);
    const socket = connect({
      host: hostname,
      port: Number(port || (protocol === 'https:' ? 443 : 80)),
      timeout: PROBE_TIMEOUT_MS,
    });
    const refuse = (reason: string): void => {
      socket.destroy();
      reject(new Error(`No server answers at ${url}: ${reason}.`));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', ({ message }) => refuse(message));
    socket.once('timeout', () => refuse(`nothing was heard for ${PROBE_TIMEOUT_MS / 1_000} s`));
  });
