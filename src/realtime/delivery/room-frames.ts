import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import { type Frame, signalFrame } from '../frame-writer.ts';

const MAX_ENTRIES = 64;
const MAX_CHARACTERS = 32_768;

interface FrameHead {
  room: string;
  epoch: string;
  durable: number;
}

/** A frame of a room, and the position a reader has reached with it. */
export interface RoomFrame extends Frame {
  lastSeq: number;
}

const roomFrame = ({ room, epoch, durable }: FrameHead, entries: string[], lastSeq: number): RoomFrame => {
  const json = `{"room":"${room}","epoch":"${epoch}","entries":[${entries.join(',')}],"durable":${durable}}`;
  return { ...signalFrame('room.entries', json), lastSeq };
};

/** A frame that only tells the durable watermark, or a new epoch, to readers who have everything up to `lastSeq`. */
export const watermarkFrame = (head: FrameHead, lastSeq: number): RoomFrame => roomFrame(head, [], lastSeq);

/** Says in words that entries are missing: the reader fetches the state and goes on from `seq`. */
export const gapFrame = ({ room, epoch, durable }: FrameHead, seq: number): Frame =>
  signalFrame('room.gap', `{"room":"${room}","epoch":"${epoch}","seq":${seq},"durable":${durable}}`);

/** Says that the reader no longer receives the room. */
export const leftFrame = (room: string, seq: number): Frame =>
  signalFrame('room.left', `{"room":"${room}","seq":${seq}}`);

/** Entries as frames of at most 64 entries or 32 KB (a single larger entry has its own frame), each encoded once. */
export const entryFrames = (head: FrameHead, entries: EncodedEntry[]): RoomFrame[] => {
  const frames: RoomFrame[] = [];
  let batch: string[] = [];
  let characters = 0;
  let lastSeq = 0;
  for (const { seq, json } of entries) {
    if (batch.length === MAX_ENTRIES || (batch.length > 0 && characters + json.length > MAX_CHARACTERS)) {
      frames.push(roomFrame(head, batch, lastSeq));
      batch = [];
      characters = 0;
    }
    batch.push(json);
    characters += json.length;
    lastSeq = seq;
  }
  if (batch.length > 0) frames.push(roomFrame(head, batch, lastSeq));
  return frames;
};
