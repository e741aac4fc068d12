import { type Answer, argumentOf, type Dialect, isRecord } from './dialect.ts';

const CHAT = 'chat:';

/** Speaks Rally's wire contract: `room.watch`, `chat.send`, `room.entries`. */
export const rallyDialect: Dialect = {
  connectPacket: (token) => `40${JSON.stringify({ token })}`,
  join: (room) => ({ name: 'room.watch', inputJson: JSON.stringify({ room }) }),
  rejoin: (room, after) => ({ name: 'room.watch', inputJson: JSON.stringify({ room, after }) }),
  readJoined: (answer) => {
    const data = isRecord(answer) && isRecord(answer.data) ? answer.data : {};
    const missed = Array.isArray(data.entries) ? data.entries.flatMap(sentBody) : [];
    return { position: { epoch: data.epoch, seq: data.seq }, missed, isGap: data.mode === 'gap' };
  },
  react: ({ room, seq, emoji }) => ({
    name: 'chat.react',
    inputJson: JSON.stringify({ chatId: room.slice(CHAT.length), seq, emoji }),
  }),
  send: ({ room, clientId, body }) => ({
    name: 'chat.send',
    inputJson: JSON.stringify({ chatId: room.slice(CHAT.length), clientId, body }),
  }),
  readAnswer,
  readDeliveries(packet) {
    const frame = argumentOf(packet, 'room.entries');
    if (frame === undefined || !Array.isArray(frame.entries)) return undefined;
    const last: unknown = frame.entries.at(-1);
    const position = isRecord(last) ? { epoch: frame.epoch, seq: last.seq } : undefined;
    return { room: String(frame.room), bodies: frame.entries.flatMap(sentBody), position };
  },
};

function sentBody(entry: unknown): string[] {
  if (!isRecord(entry) || entry.signal !== 'chat.sent' || !isRecord(entry.data)) return [];
  return [String(entry.data.body)];
}

function readAnswer(answer: unknown): Answer {
  if (!isRecord(answer)) return { refusal: 'NO_ANSWER' };
  if (answer.ok !== true) return readRefusal(answer.error);
  const data = isRecord(answer.data) ? answer.data : {};
  return {
    ...(typeof data.seq === 'number' && { seq: data.seq }),
    ...(typeof data.durable === 'number' && { durable: data.durable }),
  };
}

function readRefusal(error: unknown): Answer {
  if (!isRecord(error)) return { refusal: 'UNKNOWN' };
  return {
    refusal: String(error.code),
    ...(typeof error.retryAfterMs === 'number' && { retryAfterMs: error.retryAfterMs }),
  };
}
