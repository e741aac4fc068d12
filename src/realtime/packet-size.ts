import type { Socket } from 'socket.io';
import { AppError, wireError } from '../kernel/errors.ts';

/** What one call may send, in bytes of its encoded packet. */
export const MAX_CALL_BYTES = 64 * 1_024;

/** The acknowledgement id of an encoded Socket.IO event packet: `2<id>[…`. */
const ACK_ID = /^2(\d+)\[/;

interface EnginePacket {
  type: string;
  data?: unknown;
}

/**
 * Answers a call that is too large with PAYLOAD_TOO_LARGE before it is decoded, instead of cutting the connection, which
 * is what the transport's own limit does.
 */
export const refuseLargePackets = (socket: Socket): void => {
  socket.conn.on('packet', (packet: EnginePacket) => {
    const { data } = packet;
    if (packet.type !== 'message' || typeof data !== 'string' || data.length <= MAX_CALL_BYTES / 4) return;
    if (Buffer.byteLength(data) <= MAX_CALL_BYTES) return;
    // A packet of no known type is dropped by engine.io.
    packet.type = 'refused';
    const id = ACK_ID.exec(data.slice(0, 24))?.[1];
    if (id === undefined) return;
    const error = wireError(new AppError('PAYLOAD_TOO_LARGE', `A call may carry ${MAX_CALL_BYTES} bytes at most.`));
    (socket.conn as unknown as { write: (text: string) => void }).write(
      `3${id}[${JSON.stringify({ ok: false, error })}]`,
    );
  });
};
