import { type Showing, showPicture } from '../../media/api.ts';
import { wireMoney } from '../../payments/api.ts';
import { toTime, toTimeOrNull } from '../times.rules.ts';
import type { EventRow } from './event.reads.ts';

/** An event as lists show it. */
export const summarise = (
  row: Omit<EventRow, 'ticketTypes' | 'category' | 'cancellationPolicy'>,
  showing: Showing,
) => ({
  id: row.id,
  title: row.title,
  slug: row.slug,
  summary: row.summary,
  hostId: row.hostId,
  categoryId: row.categoryId,
  seriesId: row.seriesId,
  // One that was deleted is named until its row goes.
  coverAssetId: row.coverAsset?.deletedAt === null ? row.coverAssetId : null,
  cover: showPicture(row.coverAsset, showing),
  type: row.type,
  status: row.status,
  visibility: row.visibility,
  mode: row.mode,
  startDate: toTime(row.startDate),
  endDate: toTime(row.endDate),
  timeZone: row.timeZone,
  venue: row.venue,
  city: row.city,
  country: row.country,
  maxParticipants: row.maxParticipants,
  currentParticipants: row.currentParticipants,
  isFree: row.isFree,
  price: wireMoney(row.price, row.currency),
  isPriceFrom: row.isOnSale && row.highestPrice !== null && row.highestPrice > row.price,
  isOnSale: row.isOnSale,
  archivedAt: toTimeOrNull(row.archivedAt),
  createdAt: toTime(row.createdAt),
});
