import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { passOverOtherUpgrades } from '../../src/http/other-upgrades.ts';
import { until } from '../support/until.ts';

let server: Server;
let port: number;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    response.end(JSON.stringify({ method: request.method, url: request.url, headers: request.headers, body }));
  });
  passOverOtherUpgrades(server, ({ url }) => url?.startsWith('/ours') === true);
  server.on('upgrade', (request, socket) => {
    if (request.url?.startsWith('/ours')) socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
});
afterAll(() => void server.close());

const OFFER =
  'host: rally.example\r\nconnection: Upgrade, HTTP2-Settings\r\nupgrade: h2c\r\nhttp2-settings: AAMAAABkAAQAoAAAAAIAAAAA\r\n';

/** Writes the pieces one after the other, and gives all that was answered once it is as wanted. */
const converse = async (pieces: string[], isDone: (text: string) => boolean): Promise<string> => {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  for (const piece of pieces) {
    socket.write(piece);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await until(() => isDone(text));
  socket.destroy();
  return text;
};
const answersIn = (text: string) =>
  text
    .split('HTTP/1.1 ')
    .slice(1)
    .map((answer) => ({
      status: answer.slice(0, 3),
      ...JSON.parse(answer.slice(answer.indexOf('{'), answer.lastIndexOf('}') + 1)),
    }));

test('an offer of h2c is passed over', async () => {
  const text = await converse([`GET /a?b=c HTTP/1.1\r\n${OFFER}x-other: kept\r\n\r\n`], (heard) => heard.endsWith('}'));
  const [answer] = answersIn(text);
  expect(answer).toMatchObject({ status: '200', method: 'GET', url: '/a?b=c', headers: { 'x-other': 'kept' } });
  expect(answer.headers).not.toHaveProperty('upgrade');
  expect(answer.headers).not.toHaveProperty('http2-settings');
});

test('the connection goes on for the next request', async () => {
  const socket = connect(port, '127.0.0.1');
  let text = '';
  socket.on('data', (chunk) => {
    text += chunk;
  });
  for (const path of ['/first', '/second']) {
    socket.write(`GET ${path} HTTP/1.1\r\n${OFFER}\r\n`);
    await until(() => text.includes(`"${path}"`) && text.endsWith('}'));
  }
  socket.destroy();
  expect(answersIn(text)).toMatchObject([{ status: '200' }, { status: '200' }]);
});

test('a body comes through, in whatever pieces it arrives', async () => {
  const head = `POST /a HTTP/1.1\r\n${OFFER}content-length: 11\r\n\r\n`;
  for (const pieces of [[`${head}hello world`], [`${head}hello`, ' world'], [head, 'hello world']]) {
    const text = await converse(pieces, (heard) => heard.endsWith('}'));
    expect(answersIn(text)).toMatchObject([{ status: '200', method: 'POST', body: 'hello world' }]);
  }
});

test('an upgrade that somebody takes is left to them', async () => {
  const text = await converse([`GET /ours HTTP/1.1\r\n${OFFER}\r\n`], (heard) => heard.length > 0);
  expect(text).toContain('101');
});
