import type { EncodedEntry } from '../../platform/rooms/ring.ts';
import { type Frame, signalFrame } from '../frame-writer.ts';

const MAX_ENTRIES = 64;
const MAX_CHARACTERS = 32_768;

interface FrameHead {
  room: string;
  epoch: string;
  durable: number;
}

const roomFrame = ({ room, epoch, durable }: FrameHead, entries: string[]): Frame =>
  signalFrame(
    'room.entries',
    `{"room":"${room}","epoch":"${epoch}","entries":[${entries.join(',')}],"durable":${durable}}`,
  );

/** A frame that only tells the durable watermark, or a new epoch. */
export const watermarkFrame = (head: FrameHead): Frame => roomFrame(head, []);

/** Entries as frames of at most 64 entries or 32 KB (a single larger entry has its own frame), each encoded once. */
export const entryFrames = (head: FrameHead, entries: EncodedEntry[]): Frame[] => {
  const frames: Frame[] = [];
  let batch: string[] = [];
  let characters = 0;
  for (const { json } of entries) {
    if (batch.length === MAX_ENTRIES || (batch.length > 0 && characters + json.length > MAX_CHARACTERS)) {
      frames.push(roomFrame(head, batch));
      batch = [];
      characters = 0;
    }
    batch.push(json);
    characters += json.length;
  }
  if (batch.length > 0) frames.push(roomFrame(head, batch));
  return frames;
};
