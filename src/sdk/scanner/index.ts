/** The face of `rally/scanner`: what a scanner needs to work without network. */
// biome-ignore-all lint/performance/noBarrelFile: a package has one entry
export { hybridClockAt, nextHybridClock, timeOf } from '../../domains/events/checkin/hybrid-clock.rules.ts';
export type { WireOutcome } from '../../domains/events/checkin/present.rules.ts';
export type { Holder } from './box.ts';
export { type BundleContents, type BundleList, type OpenedBundle, openBundle } from './bundle.ts';
export { type DeviceKey, makeDeviceKey, publicKeyText, signAuthentication, signEnrollment } from './device-key.ts';
export { type Judged, judge, type KnownScan, type LocalVerdict } from './judge.ts';
export { type ReadCode, readCode, splitProof } from './read-code.ts';
