import type { Durability } from '../../kernel/contract.ts';
import { DURABILITY_MEANS } from './meanings.ts';
import { errorTable } from './wire-schemas.ts';

const DURABILITY_TABLE = [
  '| durability | the answer means |',
  '| --- | --- |',
  ...(Object.keys(DURABILITY_MEANS) as Durability[]).map((name) => `| \`${name}\` | ${DURABILITY_MEANS[name]} |`),
].join('\n');

/** What holds for every call over HTTP. */
export const HTTP_GUIDE = `
Every operation here can also be called over Socket.IO under its operation id, with the same input and the same answer.

Send the access token as \`Authorization: Bearer …\`. With \`Idempotency-Key\` on an unsafe method a repeat is given the
first answer and \`Idempotency-Replayed: true\`; the same key with another body is refused. Bodies hold at most 64 KB, but
for files, which are sent as they are.
Lists answer \`{ items, nextCursor }\`. Ids are UUIDv7, times ISO 8601 in UTC.

## What an answer promises

${DURABILITY_TABLE}

## Errors

Errors are \`application/problem+json\` (RFC 9457) with a stable \`code\`.

${errorTable()}
`.trim();

/** What holds for every connection. */
export const SOCKET_GUIDE = `
Connect with any Socket.IO 4 client: \`io(url, { auth: { token }, transports: ['websocket'] })\`. A refused handshake is a
\`connect_error\` whose \`data\` is the error described below; an accepted one is followed by \`session.ready\`.

## Calls

An operation is an acknowledged message of the same name: \`socket.emit('chat.send', input, (answer) => …)\`. The answer
is \`{ ok: true, data }\` or \`{ ok: false, error }\`, exactly one for each call. A \`committed\` or \`accepted\`
operation takes an \`idempotencyKey\` beside its input; a repeat with the same key is given the first answer.

${DURABILITY_TABLE}

## Rooms

A room is an ordered log. \`room.watch\` answers where the log stands (\`epoch\`, \`seq\`) and from then on every later
entry arrives by \`room.entries\`, once and in order. After a reconnect, \`room.resume\` with the last \`epoch\` and
\`seq\` of each room answers what was missed:

- \`live\`: nothing;
- \`replay\`: everything after \`seq\`, in \`entries\`;
- \`gap\`: too much, or another epoch. Fetch the state anew, and go on from the returned \`seq\`.

\`room.entries\` with another \`epoch\` than before, and \`room.gap\`, ask for the same. \`room.left\` says that the caller
may no longer watch.

\`durable\` is the sequence number up to which PostgreSQL has the room. A client that keeps what it sent until \`durable\`
has reached it loses nothing, whatever fails.

## The life of a connection

\`session.expiring\` comes before the access token ends: renew it and call \`session.refresh\`, else the socket is closed
after a grace of 25 s. \`session.drain\` comes before a planned stop: reconnect after \`afterMs\`. \`session.closed\`
comes before the server closes a socket, and says whether to come back.

## Errors

${errorTable()}
`.trim();
