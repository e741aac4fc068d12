import type { Mutation } from '../mutation.ts';

const HOSTILE = 'test/realtime/hostile-sockets.test.ts';

/** What one socket, account or address may take of a node. */
export const sockets: readonly Mutation[] = [
  {
    id: 'binary-packets-are-held',
    breaks: 'A connection that sends a binary packet is cut, for Socket.IO holds any number of them.',
    file: 'src/realtime/packet-gate.ts',
    from: "if (typeof data !== 'string') return refuse(connection, standing);",
    to: "if (typeof data !== 'string') return true;",
    tests: [HOSTILE],
  },
  {
    id: 'large-calls-are-taken',
    breaks: 'A call that is larger than a call may be is answered and not decoded.',
    file: 'src/realtime/packet-gate.ts',
    from: 'return fits(data) || tooLarge(',
    to: "return data !== '' || tooLarge(",
    tests: ['test/realtime/sockets.test.ts', HOSTILE],
  },
  {
    id: 'strangers-stay',
    breaks: 'A connection on which nobody signs in is cut.',
    file: 'src/realtime/packet-gate.ts',
    from: 'if (!standing.isSignedIn) cut(connection);',
    to: '',
    tests: [HOSTILE],
  },
  {
    id: 'answers-nobody-reads-are-held',
    breaks: 'What a node holds of answers that one socket does not read is bounded.',
    file: 'src/realtime/call-lane.ts',
    from: 'while (running < mayRun && !isFull(socket)) {',
    to: 'while (running < mayRun) {',
    tests: ['test/realtime/unread-answers.test.ts'],
  },
  {
    id: 'any-number-of-sockets',
    breaks: 'An account has a bounded number of connections on a node.',
    file: 'src/realtime/user-sockets.ts',
    from: '(counts.get(userId) ?? 0) >= MAX_SOCKETS',
    to: '(counts.get(userId) ?? 0) >= MAX_SOCKETS * 1_000',
    tests: [HOSTILE],
  },
  {
    id: 'any-number-of-handshakes',
    breaks: 'An address has a bounded number of handshakes a minute.',
    file: 'src/realtime/handshakes.ts',
    from: 'if (count >= perMinute) return endsAtMs - nowMs;',
    to: '',
    tests: [HOSTILE],
  },
  {
    id: 'http-answers-all-at-once',
    breaks: 'A process holds one answer for each HTTP connection.',
    file: 'src/http/in-turn.ts',
    from: 'if (!line.isBusy) begin',
    to: 'if (line.waiting.length === 0) begin',
    tests: ['test/http/in-turn.test.ts'],
  },
];
