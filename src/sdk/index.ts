/** The face of the package: everything an application imports from `rally/client`. */
// biome-ignore-all lint/performance/noBarrelFile: a package has one entry
export type { CallOptions } from './call.ts';
export type { Chat } from './chat.ts';
export type { ChatState, Following } from './chat-follower.ts';
export { type Client, type ClientOptions, createClient } from './client.ts';
export type { Status } from './connection.ts';
export type {
  Entry,
  EntryOf,
  Input,
  Message,
  OperationName,
  Output,
  Person,
  Receipt,
  RoomName,
  SignalData,
  SignalName,
} from './contract.ts';
export { RallyError } from './error.ts';
export type { Position } from './gate.ts';
export type { Ready } from './link.ts';
export type { Stop } from './listeners.ts';
export type { MediaUploads, Picture, UploadOptions } from './media.ts';
export type { Unsent } from './outbox-store.ts';
export type { Presence, PresenceView } from './presence.ts';
export type { Subscription } from './rooms.ts';
export type { Sending } from './sendings.ts';
export type { SignIn } from './session.ts';
export type { Stage, StageFollowing } from './stage.ts';
export { applyStageEntry, applyTick, type StageState } from './stage-state.ts';
export { type ClientStorage, memoryStorage, webStorage } from './storage.ts';
export { applyEntry, type HistoryPage, markMine, prependPage, startTimeline, type Timeline } from './timeline.ts';
export type { Watcher } from './watched-room.ts';
