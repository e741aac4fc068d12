import type { Upkeep } from '../../kernel/upkeep.ts';

const held = `coalesce(sum(quantity) FILTER (WHERE state = 'HELD'), 0)::int`;
const ofPromo = (where: string): string => `
  SELECT coalesce(sum(quantity) FILTER (WHERE state = 'RESERVED'), 0)::int AS reserved,
    coalesce(sum(quantity) FILTER (WHERE state = 'REDEEMED'), 0)::int AS redeemed
  FROM promo_redemptions WHERE ${where}`;

/** Keeps what events, tickets and codes count beside their source: seats held are claims, seats sold are issued admissions. */
export const eventsUpkeep: Upkeep = {
  recounts: [
    {
      table: 'events',
      key: { id: 'uuid' },
      columns: ['held', 'sold', 'current_participants'],
      truth: `
        SELECT (SELECT ${held} FROM inventory_holds WHERE event_id = kept.id) AS held,
          (SELECT count(*)::int FROM event_participants
           WHERE event_id = kept.id AND status = 'ISSUED' AND ticket_type_id IS NOT NULL) AS sold,
          (SELECT count(*)::int FROM event_participants
           WHERE event_id = kept.id AND status = 'ISSUED' AND ticket_type_id IS NOT NULL) AS current_participants`,
    },
    {
      table: 'ticket_types',
      key: { id: 'uuid' },
      columns: ['held', 'sold'],
      truth: `
        SELECT (SELECT ${held} FROM inventory_holds WHERE ticket_type_id = kept.id) AS held,
          (SELECT count(*)::int FROM event_participants WHERE ticket_type_id = kept.id AND status = 'ISSUED') AS sold`,
    },
    {
      table: 'promo_codes',
      key: { id: 'uuid' },
      columns: ['reserved', 'redeemed'],
      truth: ofPromo('promo_code_id = kept.id'),
    },
    {
      table: 'promo_user_counters',
      key: { promo_code_id: 'uuid', user_id: 'uuid' },
      columns: ['reserved', 'redeemed'],
      truth: ofPromo('promo_code_id = kept.promo_code_id AND user_id = kept.user_id'),
    },
    {
      table: 'scanner_devices',
      key: { id: 'uuid' },
      columns: ['last_seq'],
      truth: `SELECT coalesce(max(device_seq), 0) AS last_seq FROM check_in_outcomes WHERE device_id = kept.id`,
    },
    {
      table: 'admission_states',
      key: { list_id: 'uuid', participant_id: 'uuid' },
      columns: ['entries'],
      truth: `
        SELECT count(*)::int AS entries FROM event_check_ins AS scan
        JOIN check_in_outcomes AS result ON result.check_in_id = scan.id AND result.outcome = 'ADMITTED'
        WHERE scan.list_id = kept.list_id AND scan.participant_id = kept.participant_id`,
      // Whether somebody is inside hangs on it: the job checkin.recount folds the scans anew.
      isRepaired: false,
    },
    {
      table: 'attendances',
      key: { user_id: 'uuid', event_id: 'uuid' },
      columns: ['scan_id'],
      truth: `
        SELECT (
          SELECT scan.id FROM event_participants AS holder JOIN event_check_ins AS scan ON scan.participant_id = holder.id
          JOIN check_in_outcomes AS result ON result.check_in_id = scan.id AND result.outcome = 'ADMITTED'
          WHERE holder.event_id = kept.event_id AND holder.user_id = kept.user_id
          ORDER BY scan.hybrid_clock, scan.id LIMIT 1) AS scan_id`,
      isRepaired: false,
    },
    {
      table: 'event_categories',
      key: { id: 'uuid' },
      columns: ['path', 'depth'],
      // The trigger writes both anew whenever either is written.
      truth: `
        SELECT coalesce(above.path || '/', '') || kept.slug AS path, coalesce(above.depth + 1, 0) AS depth
        FROM (SELECT 1) AS one LEFT JOIN event_categories AS above ON above.id = kept.parent_id`,
    },
  ],
  notRecounted: {
    'events.price': 'the host’s word, shown as the lowest price; not a sum',
    check_in_outcomes: 'rewritten from all scans by every fold of its own domain',
  },
  purged: ['event_updates', 'events'],
  fileColumns: [{ table: 'events', column: 'cover_asset_id' }],
  dailyNumbers: [
    { name: 'events.published', table: 'events', at: 'published_at' },
    { name: 'bookings.confirmed', table: 'bookings', at: 'confirmed_at' },
    { name: 'bookings.cancelled', table: 'bookings', at: 'cancelled_at' },
  ],
};
