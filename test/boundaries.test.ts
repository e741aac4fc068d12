import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Cruise, cruiseTree, ruleNames } from './support/cruise.ts';

/** Importer, imported, and the rules that must refuse it. None: the import is allowed. */
const PLANTED: [from: string, to: string, rules: string[]][] = [
  ['src/kernel/peeking.ts', '../platform/clock.ts', ['kernel-knows-only-zod']],
  ['src/kernel/reading-files.ts', 'node:fs', ['kernel-knows-only-zod']],
  ['src/kernel/parsing.ts', 'zod', []],
  ['src/domains/social/chat/contract.ts', '../../../platform/clock.ts', ['contracts-are-pure']],
  ['src/domains/social/photo/contract.ts', '../../../kernel/execute.ts', ['contracts-are-pure']],
  ['src/domains/social/story/contract.ts', '../../../kernel/contract.ts', []],
  ['src/domains/social/chat/policy.ts', '../../../platform/clock.ts', ['policies-are-pure']],
  ['src/domains/social/chat/counting.rules.ts', '../../../platform/clock.ts', ['rules-are-pure']],
  ['src/domains/social/chat/adding.rules.ts', './storing.writes.ts', ['rules-are-pure']],
  ['src/domains/social/chat/writing.steps.ts', './storing.writes.ts', []],
  ['src/platform/curious.ts', '../domains/social/chat/send.ts', ['platform-knows-no-domain']],
  ['src/domains/social/chat/carrying.ts', 'socket.io', ['domains-know-no-shell']],
  ['src/domains/social/chat/serving.ts', '../../../http/server.ts', ['domains-know-no-shell']],
  ['src/realtime/side-door.ts', '../domains/social/chat/send.ts', ['shells-know-domains-by-one-door']],
  ['src/realtime/front-door.ts', '../domains/index.ts', []],
  ['src/workers/meeting.ts', '../http/server.ts', ['shells-do-not-meet']],
  ['src/sdk/heavy.ts', '../platform/clock.ts', ['sdk-knows-only-contracts']],
  ['src/sdk/light.ts', '../domains/social/feed/contract.ts', []],
  ['src/sdk/judging.ts', '../domains/events/checkin/fold.rules.ts', []],
  ['src/sdk/proving.ts', '../domains/events/ticket/proof.rules.ts', ['sdk-knows-only-contracts']],
  ['src/domains/social/chat/prying.ts', '../../identity/account/register.ts', ['other-domains-by-their-face']],
  ['src/domains/social/chat/asking.ts', '../../identity/api.ts', []],
  ['src/domains/social/chat/changing.ts', '../../identity/api.writes.ts', []],
  ['src/domains/media/media/asking.ts', '../../identity/api.ts', ['media-asks-only-whom-it-may']],
  ['src/domains/identity/account/asking.ts', '../../social/api.ts', ['identity-asks-only-whom-it-may']],
  ['src/domains/social/chat/rating.ts', '../../reviews/api.ts', ['social-asks-only-whom-it-may']],
  ['src/domains/payments/payment/seating.ts', '../../events/api.ts', ['payments-asks-only-whom-it-may']],
  ['src/domains/events/booking/chatting.ts', '../../social/api.ts', ['events-asks-only-whom-it-may']],
  ['src/domains/live/poll/telling.ts', '../../notifications/api.ts', ['live-asks-only-whom-it-may']],
  ['src/domains/notifications/intent/seating.ts', '../../media/api.ts', ['notifications-asks-only-whom-it-may']],
  ['src/domains/reviews/review/asking.ts', '../../identity/api.ts', ['reviews-asks-only-whom-it-may']],
  ['src/domains/gamification/badge/asking.ts', '../../identity/api.ts', ['gamification-asks-only-whom-it-may']],
  ['src/domains/safety/report/asking.ts', '../../identity/api.ts', ['safety-asks-only-whom-it-may']],
  ['src/domains/admin/faq/telling.ts', '../../notifications/api.ts', ['admin-asks-only-whom-it-may']],
  ['src/domains/identity/account/on-chat-opened.ts', '../../social/facts.ts', []],
  ['src/domains/payments/ledger/paying.ts', '../payout/due.ts', ['topics-stand-on-floors']],
  ['src/domains/payments/refund/disputing.ts', '../dispute/open.ts', ['topics-stand-on-floors']],
  ['src/domains/payments/payout/booking.ts', '../ledger/journal.ts', []],
  ['src/domains/payments/payment/noticing.ts', '../on-top/new.ts', ['topics-stand-on-floors']],
  ['src/domains/payments/on-top/asking.ts', '../reconciliation/compare.ts', []],
  ['src/domains/events/event/seating.ts', '../booking/place.ts', ['topics-stand-on-floors']],
  ['src/domains/events/booking/coding.ts', '../ticket/code.rules.ts', []],
  ['src/domains/events/booking/moving.ts', '../ticket/transfer.ts', ['topics-stand-on-floors']],
  ['src/domains/social/chat/querying.ts', '../../../generated/prisma/client.ts', ['prisma-in-reads-and-writes']],
  ['src/domains/social/chat/chat.reads.ts', '../../../generated/prisma/client.ts', []],
  ['src/domains/social/chat/naming.ts', '../../../generated/prisma/enums.ts', []],
  ['src/domains/social/chat/caching.ts', 'ioredis', ['redis-in-stores']],
  ['src/domains/social/chat/chat.store.ts', 'ioredis', []],
  ['src/platform/lost.ts', 'no-such-package', ['everything-resolves']],
  ['src/http/starting.ts', '../main.ts', ['nobody-imports-main']],
  ['web/shortcut.ts', '../src/platform/clock.ts', ['web-knows-only-the-sdk']],
  ['web/client.ts', '../src/sdk/light.ts', []],
  ['src/platform/round.ts', './trip.ts', ['no-cycles']],
  // A cycle is reported once.
  ['src/platform/trip.ts', './round.ts', []],
];

let root: string;
let seen: Cruise;

const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text, { flag: 'a' });
};

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'boundaries-')));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  for (const [from, to] of PLANTED) {
    write(from, `export * from '${to}';\n`);
    if (to.startsWith('.')) write(join(dirname(from), to), 'export const there = true;\n');
  }
  seen = await cruiseTree(root, ['src', 'web']);
});

afterAll(() => rmSync(root, { recursive: true, force: true }));

describe('an import that crosses a boundary is refused by the rule made for it', () => {
  test.each(PLANTED)('%s → %s: %j', (from, _to, rules) => {
    const refusals = seen.violations.filter((line) => line.includes(` ${from} → `));
    expect(refusals.map((line) => line.split(':')[0]).sort()).toEqual(rules);
  });

  test('every rule has been seen refusing something', async () => {
    const refused = new Set(PLANTED.flatMap(([, , rules]) => rules));
    expect((await ruleNames()).filter((name) => !refused.has(name))).toEqual([]);
  });
});
