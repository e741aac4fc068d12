import type { Domain } from '../kernel/domain.ts';
import { joinUpkeep, type Upkeep } from '../kernel/upkeep.ts';
import type { Transaction } from '../platform/db/client.ts';
import type { Platform } from '../platform/platform.ts';
import { createAdmin } from './admin/index.ts';
import { adminUpkeep } from './admin/upkeep.ts';
import { removeEventsOf } from './events/api.writes.ts';
import { createEvents } from './events/index.ts';
import { eventsUpkeep } from './events/upkeep.ts';
import { gamificationUpkeep } from './gamification/upkeep.ts';
import { createIdentity } from './identity/index.ts';
import { identityUpkeep } from './identity/upkeep.ts';
import { isSentOut } from './live/api.ts';
import { persistStages } from './live/api.writes.ts';
import { createLive } from './live/index.ts';
import { liveUpkeep } from './live/upkeep.ts';
import { removeFilesOf } from './media/api.writes.ts';
import { createMedia } from './media/index.ts';
import { mediaUpkeep } from './media/upkeep.ts';
import { createNotifications } from './notifications/index.ts';
import { notificationsUpkeep } from './notifications/upkeep.ts';
import { createPayments } from './payments/index.ts';
import { paymentsUpkeep } from './payments/upkeep.ts';
import { reviewsUpkeep } from './reviews/upkeep.ts';
import { safetyUpkeep } from './safety/upkeep.ts';
import { removeChatsOf } from './social/api.writes.ts';
import { createSocial } from './social/index.ts';
import { socialUpkeep } from './social/upkeep.ts';

/** Things that test accounts made are removed in this order: chats stand on events, and show files. */
const REMOVALS = [removeChatsOf, removeEventsOf, removeFilesOf];

/** Every domain, each after those it asks. The shells' only door. */
export const createDomains = (platform: Platform): Domain<Transaction>[] => [
  createMedia(platform, joinUpkeep(domainUpkeep).fileColumns),
  createIdentity(platform, REMOVALS),
  createPayments(platform),
  createEvents(platform, { isSentOut, persist: persistStages }),
  createSocial(platform),
  createLive(platform),
  createNotifications(platform),
  createAdmin(platform),
];

/** How the tables of the domains are kept in order; also of domains that have nothing else yet. */
export const domainUpkeep: readonly Upkeep[] = [
  paymentsUpkeep,
  eventsUpkeep,
  reviewsUpkeep,
  gamificationUpkeep,
  identityUpkeep,
  safetyUpkeep,
  socialUpkeep,
  liveUpkeep,
  notificationsUpkeep,
  mediaUpkeep,
  adminUpkeep,
];
