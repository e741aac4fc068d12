import type { Output } from '../../../src/sdk/index.ts';
import type { WireOutcome } from '../../../src/sdk/scanner/index.ts';
import type { Tone } from '../outcome-words.ts';

export type Companion = NonNullable<Output<'checkin.scan'>['admission']>['companions'][number];

/** A verdict as it fills the screen. */
export interface Verdict {
  scanId: string;
  outcome: WireOutcome;
  explanation: string;
  name: string | null;
  detail: string | null;
  /** The scan that let the ticket in before, in words. */
  before: string | null;
  /** The server's word; false for this device's own. */
  isOnline: boolean;
  /** The others of the booking who are not in. */
  companions: readonly Companion[];
  /** The code, as long as the verdict is shown: companions are let in by it. */
  code: string;
}

const VIBRATIONS: Record<Tone, number[]> = { good: [80], bad: [250, 100, 250], look: [120, 80, 120] };
/** Frequencies in hertz, one after the other. */
const TUNES: Record<Tone, number[]> = { good: [660, 990], bad: [220, 165], look: [440, 440, 440] };
const NOTE_SECONDS = 0.12;

let audio: AudioContext | undefined;

/** Lets the verdict be heard and felt. Without a touch before, browsers stay silent. */
export const sound = (tone: Tone): void => {
  navigator.vibrate?.(VIBRATIONS[tone]);
  audio ??= new AudioContext();
  const context = audio;
  if (context.state === 'suspended') void context.resume().catch(() => undefined);
  TUNES[tone].forEach((hertz, place) => {
    const from = context.currentTime + place * NOTE_SECONDS * 1.2;
    const note = new OscillatorNode(context, { frequency: hertz, type: 'triangle' });
    const volume = new GainNode(context, { gain: 0.3 });
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + NOTE_SECONDS);
  });
};
