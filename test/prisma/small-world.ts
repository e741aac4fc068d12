import pg from 'pg';
import { freshDatabase } from '../support/databases.ts';

/** A UUID by number, so that rows can name each other. */
export const id = (number: number): string => `01900000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const [host, guest, friend, moderator, judge] = [id(1), id(2), id(3), id(4), id(5)];
export const [event, otherEvent, ticketType, onceType, booking, payment] = [
  id(10),
  id(11),
  id(20),
  id(21),
  id(30),
  id(40),
];
export const [clearing, earnings, purse, wallet] = [id(50), id(51), id(52), id(53)];
export const [moderationCase, action, automatic] = [id(60), id(61), id(62)];
export const [list, device, participant, promo, rule] = [id(70), id(71), id(72), id(73), id(74)];

const PEOPLE = [host, guest, friend, moderator, judge]
  .map((user, place) => `('${user}', 'p${place}@example.org', 'p${place}', 'x')`)
  .join();

/** SQL that fills a migrated, empty database. */
export const SMALL_WORLD = `
  INSERT INTO users (id, email, username, password) VALUES ${PEOPLE};
  INSERT INTO events (id, title, slug, description, host_id, start_date, end_date) VALUES
    ('${event}', 'Meetup', 'meetup', 'Talks', '${host}', '2027-01-01', '2027-01-02'),
    ('${otherEvent}', 'Other', 'other', 'Talks', '${host}', '2027-01-01', '2027-01-02');
  INSERT INTO ticket_types (id, event_id, name, capacity, one_active_per_user) VALUES
    ('${ticketType}', '${event}', 'General', 10, false), ('${onceType}', '${event}', 'Once', 10, true);
  INSERT INTO bookings (id, user_id, event_id, status, total_amount) VALUES
    ('${booking}', '${guest}', '${event}', 'CONFIRMED', 1000);
  INSERT INTO payments (id, user_id, event_id, booking_id, amount, status) VALUES
    ('${payment}', '${guest}', '${event}', '${booking}', 1000, 'COMPLETED');
  INSERT INTO ledger_accounts (id, owner_id, kind, currency, normal_side, allow_negative) VALUES
    ('${clearing}', NULL, 'PSP_CLEARING', 'BDT', 'DEBIT', true),
    ('${earnings}', '${host}', 'HOST_PENDING', 'BDT', 'CREDIT', false),
    ('${purse}', '${guest}', 'ATTENDEE_WALLET', 'BDT', 'CREDIT', false);
  INSERT INTO wallets (id, user_id, ledger_account_id, currency) VALUES ('${wallet}', '${guest}', '${purse}', 'BDT');
  INSERT INTO moderation_cases (id, subject_kind, subject_id, subject_user_id) VALUES
    ('${moderationCase}', 'USER', '${guest}', '${guest}');
  INSERT INTO moderation_actions (id, case_id, actor_id, target_user_id, kind, subject_kind, subject_id, policy_id,
      statement_of_reasons, evidence, is_automated) VALUES
    ('${action}', '${moderationCase}', '${moderator}', '${guest}', 'WARN', 'USER', '${guest}', 'spam', 'Spam', '{}', false),
    ('${automatic}', '${moderationCase}', NULL, '${guest}', 'HIDE', 'USER', '${guest}', 'spam', 'Spam', '{}', true);
  INSERT INTO check_in_lists (id, event_id, name) VALUES ('${list}', '${event}', 'Door');
  INSERT INTO scanner_devices (id, event_id, registered_by_id, name, public_key) VALUES
    ('${device}', '${event}', '${host}', 'Phone', 'key');
  INSERT INTO event_participants (id, event_id, booking_id, user_id, ticket_type_id, status, seat_label) VALUES
    ('${participant}', '${event}', '${booking}', '${guest}', '${ticketType}', 'ISSUED', 'A1');
  INSERT INTO promo_codes (id, code, created_by_id, kind, percent_basis_points, max_total, max_per_user) VALUES
    ('${promo}', 'TEN', '${host}', 'PERCENT', 1000, 2, 1);
  INSERT INTO point_rules (id, key, source, points, daily_cap) VALUES ('${rule}', 'check-in', 'CHECK_IN', 10, 20);
`;

/** A database with a few people, an event with tickets, money and a moderation case; all rows keep the rules. */
export const openSmallWorld = async (): Promise<pg.Client> => {
  const sql = new pg.Client({ connectionString: await freshDatabase() });
  await sql.connect();
  await sql.query(SMALL_WORLD);
  return sql;
};

/** SQL that posts a journal; amounts are credit positive. Versions and balances are for the database to fill in. */
export const journal = (number: number, entries: [account: string, amount: number, currency?: string][]): string =>
  `INSERT INTO transactions (id, source_type, source_id, kind) VALUES ('${id(number)}', 'MANUAL', '${number}', 'ADJUSTMENT');
   INSERT INTO ledger_entries (id, journal_id, account_id, amount, currency) VALUES ${entries
     .map(
       ([account, amount, currency = 'BDT']) =>
         `(gen_random_uuid(), '${id(number)}', '${account}', ${amount}, '${currency}')`,
     )
     .join()};`;

/** What stopped a transaction of these statements: the constraint's name, or null when it was committed. */
export const refusalOf = async (sql: pg.Client, statements: string): Promise<string | null> => {
  try {
    await sql.query('BEGIN');
    await sql.query(statements);
    await sql.query('COMMIT');
    return null;
  } catch (error) {
    await sql.query('ROLLBACK');
    const { constraint, message } = error as pg.DatabaseError;
    return constraint ?? message;
  }
};
