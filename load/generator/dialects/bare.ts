import { argumentOf, type Dialect, isRecord } from './dialect.ts';

/** Speaks to the servers in bench/bare. */
export const bareDialect: Dialect = {
  connectPacket: () => '40',
  join: (room) => ({ name: 'join', inputJson: JSON.stringify(room) }),
  send: (message) => ({ name: 'send', inputJson: JSON.stringify(message) }),
  readAnswer: (answer) => (isRecord(answer) && answer.ok === true ? {} : { refusal: 'REFUSED' }),
  readDeliveries(packet) {
    const message = argumentOf(packet, 'message');
    if (message === undefined) return undefined;
    return { room: String(message.room), bodies: [String(message.body)] };
  },
};
