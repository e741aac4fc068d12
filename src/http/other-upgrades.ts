import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';

/** What belongs to an upgrade and not to the request (RFC 9110, sections 7.6.1 and 7.8; RFC 7540, section 3.2.1). */
const OF_THE_UPGRADE: ReadonlySet<string> = new Set(['upgrade', 'http2-settings', 'connection']);

/**
 * Answers requests that offer to go on in another protocol, as curl and Java do with h2c, in HTTP/1.1: an offer may be
 * passed over (RFC 9110, section 7.8). Node takes the connection out of its own hands as soon as anybody listens for
 * upgrades, so the request is handed back without the offer.
 * @param isOurs whether somebody else takes this one
 */
export const passOverOtherUpgrades = (server: Server, isOurs: (request: IncomingMessage) => boolean): void => {
  // Safe: a server of HTTP gives the TCP socket.
  server.on('upgrade', (request: IncomingMessage, stream, head: Buffer) => {
    if (isOurs(request)) return;
    const socket = stream as Socket;
    socket.unshift(Buffer.concat([Buffer.from(withoutOffer(request), 'latin1'), head]));
    server.emit('connection', socket);
  });
};

const withoutOffer = ({ method, url, rawHeaders }: IncomingMessage): string => {
  const lines = [`${method} ${url} HTTP/1.1`];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!OF_THE_UPGRADE.has(name.toLowerCase())) lines.push(`${name}: ${value}`);
    else if (name.toLowerCase() === 'connection') lines.push(`${name}: ${otherOptions(value)}`);
  }
  return `${lines.join('\r\n')}\r\n\r\n`;
};

const otherOptions = (connection: string): string => {
  const options = connection.split(',').map((option) => option.trim());
  return options.filter((option) => !OF_THE_UPGRADE.has(option.toLowerCase())).join(', ') || 'keep-alive';
};
