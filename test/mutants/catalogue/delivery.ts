import type { Mutation } from '../mutation.ts';

const ROOMS = 'test/realtime/rooms.test.ts';
const SLOW = 'test/realtime/slow-reader.test.ts';
const REMOVED = 'test/realtime/removed.test.ts';
const RACES = 'test/realtime/seat-races.test.ts';

/** What sockets are written: in order, once, and only while they may have it. */
export const delivery: readonly Mutation[] = [
  {
    id: 'no-eviction',
    breaks: 'Who was removed from a room gets nothing more of it.',
    file: 'src/realtime/delivery/room-delivery.ts',
    from: '        evict(source.evicts);\n',
    to: '',
    tests: [ROOMS, 'test/domains/social/chat/membership.test.ts'],
  },
  {
    id: 'removed-without-a-word',
    breaks: 'Who was removed from a room is told that it has ended for them.',
    file: 'src/realtime/delivery/room-delivery.ts',
    from: '    writeFrame(seat.connection.socket, leftFrame(followed.room, followed.seq));\n',
    to: '',
    tests: [ROOMS, 'test/domains/social/chat/membership.test.ts'],
  },
  {
    id: 'nobody-is-asked-again',
    breaks: 'When a room’s visibility changes everybody who watches is asked again whether they may.',
    file: 'src/realtime/delivery/room-delivery.ts',
    from: 'if (source.evicts.includes(ALL_ASKED_AGAIN)) askEverybody(() => undefined);',
    to: '',
    tests: ['test/realtime/asked-again.test.ts'],
  },
  {
    id: 'failed-question-is-a-yes',
    breaks: 'Where it cannot be found out whether somebody may watch, they may not.',
    file: 'src/realtime/delivery/recheck.ts',
    from: 'catch(() => null)',
    to: 'catch(() => true)',
    tests: [REMOVED],
  },
  {
    id: 'reset-asks-nobody',
    breaks: 'Who was removed by an entry that is gone gets nothing of a room that starts afresh.',
    file: 'src/realtime/delivery/asking.ts',
    from: 'else sendOut(seat);',
    to: 'else goOn(seat, begin);',
    tests: [REMOVED],
  },
  {
    id: 'slow-reader-forgets-place',
    breaks: 'A slow reader goes on where it was, with nothing doubled.',
    file: 'src/realtime/delivery/slow-readers.ts',
    from: "      seat.state = 'behind';\n      seat.sentSeq = sentSeq;",
    to: "      seat.state = 'behind';",
    tests: [SLOW],
  },
  {
    id: 'slow-reader-is-never-behind',
    breaks: 'What a node holds for one slow reader is bounded.',
    file: 'src/realtime/delivery/slow-readers.ts',
    from: 'if (!isPressed(seat)) return true;\n      seat',
    to: 'if (seat.sentSeq >= 0) return true;\n      seat',
    tests: [SLOW],
  },
  {
    id: 'seated-before-the-answer',
    breaks: 'A room’s frames follow the answer that seats its watcher, with nothing in front and nothing doubled.',
    file: 'src/realtime/delivery/delivery.ts',
    from: "room, state: 'behind', released",
    to: "room, state: 'live', released",
    tests: [RACES, ROOMS],
  },
  {
    id: 'replay-past-what-was-sent',
    breaks: 'A resumed reader is not given what live frames bring it once more.',
    file: 'src/realtime/delivery/catch-up.ts',
    from: 'const entries = delivery.followed.ring.between(seq, delivery.flushedSeq());',
    to: 'const entries = delivery.followed.ring.between(seq - 1, delivery.flushedSeq());',
    tests: [ROOMS],
  },
  {
    id: 'replay-across-epochs',
    breaks: 'A place in an epoch that is over is answered with a gap, not with entries of another.',
    file: 'src/realtime/delivery/catch-up.ts',
    from: 'if (after.epoch !== followed.epoch || after.seq',
    to: 'if (after.seq',
    tests: [ROOMS],
  },
  {
    id: 'expired-token-stays',
    breaks: 'A socket ends with its access token.',
    file: 'src/realtime/expiry.ts',
    from: '    socket.disconnect(true);\n',
    to: '',
    tests: ['test/realtime/expiry.test.ts'],
  },
];
